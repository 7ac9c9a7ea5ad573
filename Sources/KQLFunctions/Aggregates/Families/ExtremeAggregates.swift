import Columnar

extension AggregateFunction {
  /// Smallest and greatest values.
  static let extremeFamily: [AggregateFunction] = [minimum, minimumIf, maximum, maximumIf]

  static let minimum = AggregateFunction(
    "min",
    "expr:Orderable -> Parameter0",
    "Finds the smallest value without nulls; no rows give null.",
    examples: [
      Example("range x from 3 to 5 step 1 | summarize min(x)", "3"),
      Example("datatable(s:string)['b', 'a'] | summarize min(s)", "a"),
    ]
  ) { try extremeState($0, "min", Least.self) }

  static let minimumIf = filtered(
    "minif",
    of: minimum,
    "expr:Orderable predicate:bool -> Parameter0",
    "Finds the smallest value of rows in which a predicate is true.",
    examples: [
      Example("range x from 3 to 5 step 1 | summarize minif(x, x > 3)", "4"),
      Example("range x from 3 to 5 step 1 | summarize minif(x, x > 9)", "null"),
    ]
  )

  static let maximum = AggregateFunction(
    "max",
    "expr:Orderable -> Parameter0",
    "Finds the greatest value without nulls; no rows give null.",
    examples: [
      Example("range x from 3 to 5 step 1 | summarize max(x)", "5"),
      Example("datatable(s:string)['b', 'a'] | summarize max(s)", "b"),
    ]
  ) { try extremeState($0, "max", Greatest.self) }

  static let maximumIf = filtered(
    "maxif",
    of: maximum,
    "expr:Orderable predicate:bool -> Parameter0",
    "Finds the greatest value of rows in which a predicate is true.",
    examples: [
      Example("range x from 3 to 5 step 1 | summarize maxif(x, x < 5)", "4"),
      Example("range x from 3 to 5 step 1 | summarize maxif(x, x > 9)", "null"),
    ]
  )

  private static func extremeState<End: ExtremeEnd>(
    _ request: AggregateRequest,
    _ name: String,
    _ end: End.Type
  ) throws -> any AggregateState {
    switch request.type(0) {
    case .bool: FoldState(ExtremeRule<Bool, End>.self)
    case .int: FoldState(ExtremeRule<Int32, End>.self)
    case .long: FoldState(ExtremeRule<Int64, End>.self)
    case .real: FoldState(ExtremeRule<Double, End>.self)
    case .datetime: FoldState(ExtremeRule<DateTime, End>.self)
    case .timespan: FoldState(ExtremeRule<TimeSpan, End>.self)
    case .guid: FoldState(ExtremeRule<GUID, End>.self)
    case .string: TextExtremeState(end)
    case .decimal: FoldState(ExtremeRule<Decimal128, End>.self)
    case .dynamic: throw request.unsupported(name)
    }
  }
}

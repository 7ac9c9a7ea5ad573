import Columnar

extension AggregateFunction {
  /// Aggregates that keep whole rows.
  static let rowFamily: [AggregateFunction] = [
    takeAny, takeAnyIf, argMaximum, argMinimum,
  ]

  static let takeAny = AggregateFunction(
    "take_any",
    aliases: [
      .obsolete(
        "any",
        naming: .prefixed("any"),
        signature: """
          expr:Scalar -> Parameter0
          | expr:Scalar*2... -> Custom
          | expr:Scalar@StarOnly -> Custom
          """
      )
    ],
    "expr:Scalar@StarAllowed*1... -> Custom",
    naming: .numbered,
    "Takes the values of one row of the group, one with a value where a single column is asked.",
    examples: [
      Example("print x = 1, y = 'a' | summarize take_any(x, y)", "1, a"),
      Example("datatable(x:long)[long(null), 7] | summarize take_any(x)", "7"),
    ],
    isOrderSensitive: true
  ) { FirstRowState(columnTypes: $0.argumentTypes) }

  static let takeAnyIf = filtered(
    "take_anyif",
    aliases: [.obsolete("anyif", naming: .prefixed("anyif"))],
    of: takeAny,
    "expr:Scalar predicate:bool -> Parameter0",
    naming: .firstArgument,
    "Takes the value of one row in which a predicate is true.",
    examples: [
      Example("range x from 1 to 5 step 1 | summarize take_anyif(x, x > 4)", "5"),
      Example("range x from 1 to 5 step 1 | summarize take_anyif(x, x > 9)", "null"),
    ]
  )

  static let argMaximum = AggregateFunction(
    "arg_max",
    aliases: [.obsolete("argmax", naming: ResultNaming(.none, prefix: "max"))],
    "maximized:Orderable returned:Scalar@StarAllowed*0... -> Custom",
    naming: .numbered,
    "Finds the greatest value and takes further columns from the row that has it.",
    examples: [
      Example(
        "datatable(x:long, y:string)[1, 'a', 3, 'b', 2, 'c'] | summarize arg_max(x, y)",
        "3, b"
      ),
      Example("range x from 1 to 5 step 1 | summarize arg_max(-x, *)", "-1, 1"),
    ],
    isOrderSensitive: true
  ) { try bestRowState($0, "arg_max", Greatest.self) }

  static let argMinimum = AggregateFunction(
    "arg_min",
    aliases: [.obsolete("argmin", naming: ResultNaming(.none, prefix: "min"))],
    "minimized:Orderable returned:Scalar@StarAllowed*0... -> Custom",
    naming: .numbered,
    "Finds the smallest value and takes further columns from the row that has it.",
    examples: [
      Example(
        "datatable(x:long, y:string)[2, 'a', 1, 'b', 3, 'c'] | summarize arg_min(x, y)",
        "1, b"
      ),
      Example("range x from 1 to 5 step 1 | summarize arg_min(-x, *)", "-5, 5"),
    ],
    isOrderSensitive: true
  ) { try bestRowState($0, "arg_min", Least.self) }

  private static func bestRowState<End: ExtremeEnd>(
    _ request: AggregateRequest,
    _ name: String,
    _: End.Type
  ) throws -> any AggregateState {
    let keys: any BestKeys =
      switch request.type(0) {
      case .bool: FixedBestKeys(Bool.self, End.self)
      case .int: FixedBestKeys(Int32.self, End.self)
      case .long: FixedBestKeys(Int64.self, End.self)
      case .real: FixedBestKeys(Double.self, End.self)
      case .datetime: FixedBestKeys(DateTime.self, End.self)
      case .timespan: FixedBestKeys(TimeSpan.self, End.self)
      case .guid: FixedBestKeys(GUID.self, End.self)
      case .string: TextBestKeys(End.self)
      case .decimal: FixedBestKeys(Decimal128.self, End.self)
      case .dynamic: throw request.unsupported(name)
      }
    return BestRowState(keys, columnTypes: Array(request.argumentTypes.dropFirst()))
  }
}

import Columnar
import KQLFunctions
import QueryPlan

/// What the consumer of an operator's rows makes use of.
struct RowDemand {
  /// Whether the order of the rows is of consequence.
  var wantsOrder = true
  /// The columns that are read; nil for all.
  var columns: Set<ColumnID>?

  init() {}

  /// What `summarize` makes use of. Order is of no consequence where there is one group and no
  /// aggregate rounds or takes rows as they come.
  init(of summarize: Summarize) {
    let arguments = summarize.aggregates.flatMap(\.arguments)
    let keys = summarize.keys.map(\.expression)
    columns = (keys + arguments).reduce(into: []) { $0.formUnion($1.columnIDs) }
    wantsOrder = !summarize.keys.isEmpty || summarize.aggregates.contains(where: Self.seesOrder)
  }

  /// The part that an operator hands on to its input or uses itself.
  func kept(by plan: Plan) -> RowDemand? {
    switch plan {
    case .summarize: return self
    case .filter, .project:
      var rest = self
      rest.columns = nil
      return rest
    default: return nil
    }
  }

  /// Whether there is nothing that need not be done.
  var isWhole: Bool { wantsOrder && columns == nil }

  private static func seesOrder(_ call: AggregateCall) -> Bool {
    if FunctionCatalog.aggregate(call.function)?.isOrderSensitive ?? true { return true }
    let types: [ScalarType] = call.columns.map(\.type) + call.arguments.map(\.type)
    let rounding: Set<ScalarType> = [.real, .decimal, .dynamic]
    return types.contains { rounding.contains($0) }
  }
}

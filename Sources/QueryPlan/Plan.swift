/// A logical query plan: what is asked, free of how it is run.
///
/// Columns are referred to by `ColumnID`, so operators can be moved without renumbering.
public indirect enum Plan: Sendable {
  // Sources
  case scan(TableScan)
  case values(Values)
  case range(RangeSource)
  case externalData(ExternalData)
  /// The rows that an enclosing `mv-apply` or `partition` hands to its subquery.
  case subqueryInput(SubqueryInput)
  // Row by row
  case filter(Filter)
  case project(Project)
  case parse(Parse)
  case parseKeyValues(ParseKeyValues)
  case expand(Expand)
  case apply(Apply)
  // Whole inputs
  case summarize(Summarize)
  case sort(Sort)
  case top(Top)
  case take(Take)
  case sample(Sample)
  case makeSeries(MakeSeries)
  case window(Window)
  case partition(Partition)
  // Several inputs
  case join(Join)
  case union(Union)
  // Annotations and references
  case serialize(Serialize)
  case render(Render)
  case shared(SharedReference)
  /// Columns depend on data: run the input, then bind the rest.
  case staged(Staged)
  /// Binds and can be explained, but does not run; refused by name when execution is planned.
  case refused(Refused)

  /// The columns that the plan yields, in order.
  public var columns: [PlanColumn] { node.columns }

  /// The plans that this one reads, in order.
  public var inputs: [Plan] { node.inputs }

  /// The operator behind the case.
  public var node: any PlanNode {
    switch self {
    case .scan(let node): node
    case .values(let node): node
    case .range(let node): node
    case .externalData(let node): node
    case .subqueryInput(let node): node
    case .filter(let node): node
    case .project(let node): node
    case .parse(let node): node
    case .parseKeyValues(let node): node
    case .expand(let node): node
    case .apply(let node): node
    case .summarize(let node): node
    case .sort(let node): node
    case .top(let node): node
    case .take(let node): node
    case .sample(let node): node
    case .makeSeries(let node): node
    case .window(let node): node
    case .partition(let node): node
    case .join(let node): node
    case .union(let node): node
    case .serialize(let node): node
    case .render(let node): node
    case .shared(let node): node
    case .staged(let node): node
    case .refused(let node): node
    }
  }
}

/// What every operator of a plan can tell of itself.
public protocol PlanNode: Sendable {
  /// The operator's name as `explain` prints it.
  var title: String { get }
  /// The columns that it yields.
  var columns: [PlanColumn] { get }
  /// The plans that it reads.
  var inputs: [Plan] { get }
}

extension PlanNode {
  public var inputs: [Plan] { [] }

  /// The operator with some of its parts changed.
  func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }
}

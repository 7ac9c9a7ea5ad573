import QueryPlan

/// A bound tabular expression with what binding needs to know of it beyond the plan.
struct BoundTable {
  var plan: Plan
  /// Those of the plan, kept here so that a long pipeline is not walked for them.
  var columns: [PlanColumn]
  /// Whether more columns may come than are listed.
  var isOpen = false
  /// Whether the rows are in a fixed order, so that window functions are allowed.
  var isSerialized = false
  /// What `withsource` and `$table` call it, where it has a name.
  var name: String?
  /// How many operators lie below one another.
  var depth = 1
  /// How many operators run for it, those of shared tables counted at each reference.
  var size = 1
  /// Set for the result of graph operators.
  var graph: GraphShape?
  /// Where columns are noted that an open table is found to have.
  var discovered = OpenColumns()
  /// Set where something was wrong that makes the columns doubtful.
  var isFailed = false
  /// Set for a table that does not exist, in a union that leaves such out.
  var isMissing = false

  init(_ plan: Plan, columns: [PlanColumn]? = nil) {
    self.plan = plan
    self.columns = columns ?? plan.columns
  }

  /// The column of a name.
  func column(named name: String) -> PlanColumn? {
    columns.first { $0.name.isSameName(as: name) }
  }
}

/// Columns that a query names of a table whose columns are not all known.
///
/// Each becomes a column of the table from there on, so that `arg_max(x, *)` and the like find it.
final class OpenColumns {
  var columns: [PlanColumn] = []
}

/// The columns of the nodes and edges of a graph.
struct GraphShape: Sendable {
  var nodes: [PlanColumn]
  var edges: [PlanColumn]
}

/// What an expression is bound to.
enum BoundValue {
  case scalar(BoundScalar)
  case table(BoundTable)
}

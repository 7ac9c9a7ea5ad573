import Columnar
import Execution
import QueryPlan
import SourceText

/// Runs the plugins whose columns depend on their input.
enum StagedPlugins {
  /// The table that a plugin makes of its finished input.
  static func run(_ stage: Staged, over input: QueryResult) throws -> StagedResult {
    switch stage.plugin {
    case "bag_unpack": try BagUnpack(stage, input).run()
    default:
      throw QueryFailure(
        .unsupported,
        "the plugin '\(stage.plugin)' is known but does not run here yet",
        range: stage.span.range
      )
    }
  }
}

/// What a staged plugin came to.
struct StagedResult {
  let table: ColumnTable
  /// For each column the member of the bag that it holds; nil for a column of the input.
  let members: [String?]
}

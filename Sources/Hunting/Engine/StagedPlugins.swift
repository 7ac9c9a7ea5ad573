import Columnar
import Execution
import QueryPlan
import SourceText

/// Runs the plugins whose columns depend on their input.
enum StagedPlugins {
  /// The table that a plugin makes of its finished input.
  static func run(_ stage: Staged, over input: QueryResult) throws -> ColumnTable {
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

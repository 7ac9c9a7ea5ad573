import Columnar
import QueryPlan

/// Runs every form of `project` and `extend`.
struct ProjectFactory: StageFactory {
  let expressions: [NamedExpression]
  let layout: ColumnLayout

  func makeStage(_ context: ExecutionContext) throws -> any Stage {
    let compiler = ExpressionCompiler(layout: layout, context: context)
    return ProjectStage(nodes: try expressions.map { try compiler.compile($0.expression) })
  }
}

/// Computes the columns of a batch anew.
final class ProjectStage: Stage {
  private let nodes: [any ExpressionNode]

  init(nodes: [any ExpressionNode]) { self.nodes = nodes }

  func push(_ batch: Batch, _ emit: (Batch) throws -> Void) throws {
    try emit(Batch(columns: nodes.map { try $0.evaluate(batch) }, count: batch.count))
  }
}

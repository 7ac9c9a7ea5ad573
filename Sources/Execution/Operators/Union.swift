import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs a union: the legs follow one another.
  func compile(_ union: Union, _ hint: TopHint?) throws -> Flow {
    let layout = ColumnLayout(union.columns)
    var pipelines: [Pipeline] = []
    for leg in union.legs {
      let input = try compile(leg.plan, hint?.behind(leg, of: union))
      let stage = UnionLegFactory(
        sources: leg.sources.map { id in id.flatMap { input.layout.position(of: $0) } },
        types: union.outputs.map(\.type),
        name: union.sourceColumn == nil ? nil : leg.name
      )
      pipelines += input.appending(stage, layout: layout).pipelines
    }
    return Flow(pipelines: pipelines, layout: layout)
  }
}

/// Brings the columns of a leg into the order of the union.
struct UnionLegFactory: StageFactory {
  /// Position of each output column in the leg, nil where the leg lacks it.
  let sources: [Int?]
  let types: [ScalarType]
  /// Value of the source column, if there is one.
  let name: String?

  func makeStage(_ context: ExecutionContext) throws -> any Stage { UnionLegStage(self) }
}

/// Rearranges columns and fills those that the leg lacks.
final class UnionLegStage: Stage {
  private let leg: UnionLegFactory

  init(_ leg: UnionLegFactory) { self.leg = leg }

  func push(_ batch: Batch, _ emit: (Batch) throws -> Void) throws {
    var columns: [Vector] = []
    if let name = leg.name {
      columns.append(Vector(constant: .string(ByteString(name)), count: batch.count))
    }
    for (source, type) in zip(leg.sources, leg.types) {
      columns.append(
        source.map { batch.columns[$0] }
          ?? Vector(constant: .missing(type), count: batch.count)
      )
    }
    try emit(Batch(columns: columns, count: batch.count))
  }
}

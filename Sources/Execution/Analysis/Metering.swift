import Columnar
import QueryPlan
import Synchronization

/// Measures the operators of a query while it runs (`explain --analyze`).
public final class QueryAnalysis: Sendable {
  /// Plans of subqueries that run for each row would give more nodes than anybody reads.
  private static let mostNodes = 2000

  private let nodes = Mutex<(count: Int, roots: [OperatorMeasure])>((0, []))

  public init() {}

  /// The operators that nothing takes rows from: the query, and subqueries.
  public var roots: [OperatorMeasure] { nodes.withLock { $0.roots } }

  /// Makes the node of an operator; nil where there are too many.
  func node(_ plan: Plan, below parent: OperatorMeasure?) -> OperatorMeasure? {
    nodes.withLock { nodes in
      guard nodes.count < Self.mostNodes else { return nil }
      nodes.count += 1
      let node = OperatorMeasure(PlanText.line(plan))
      if let parent { parent.add(node) } else { nodes.roots.append(node) }
      return node
    }
  }
}

extension PlanCompiler {
  /// Compiles a plan and measures what it does.
  func measured(
    _ plan: Plan,
    _ analysis: QueryAnalysis,
    _ compile: (PlanCompiler) throws -> Flow
  ) throws -> Flow {
    guard let node = analysis.node(plan, below: measure) else { return try compile(self) }
    var inner = self
    inner.measure = node
    let budget = context.budget
    let (start, held, spilled) = (CPUClock.process, budget.heldNow, budget.spilledBytes)
    let flow = try compile(inner)
    let metered = flow.metered(node)
    node.note(
      made: CPUClock.process - start,
      heldBytes: budget.heldNow - held,
      spilledBytes: budget.spilledBytes - spilled
    )
    return metered
  }
}

extension Flow {
  /// The flow with its rows counted for an operator, and its sources timed where nobody does yet.
  fileprivate func metered(_ node: OperatorMeasure) -> Flow {
    let metered = pipelines.map { pipeline -> Pipeline in
      let isTimed = pipeline.source is MeteredSource
      if !isTimed { node.noteSource() }
      return Pipeline(
        source: isTimed ? pipeline.source : MeteredSource(base: pipeline.source, node: node),
        stages: pipeline.stages + [MeterFactory(node: node)]
      )
    }
    return Flow(pipelines: metered, layout: layout)
  }
}

extension MorselSource {
  /// The source itself where it is timed.
  var untimed: any MorselSource { (self as? MeteredSource)?.base ?? self }
}

/// A source whose reads are timed.
private struct MeteredSource: MorselSource {
  let base: any MorselSource
  let node: OperatorMeasure

  var morselCount: Int { base.morselCount }
  var affinities: [Range<Int>] { base.affinities }
  var pinnedBytes: Int { base.pinnedBytes }

  func makeReader(_ context: ExecutionContext) throws -> any MorselReader {
    MeteredReader(base: try base.makeReader(context), node: node)
  }
}

private struct MeteredReader: MorselReader {
  let base: any MorselReader
  let node: OperatorMeasure

  func read(_ morsel: Int, _ body: (Batch) throws -> Bool) throws {
    let start = CPUClock.thread
    defer { node.note(source: CPUClock.thread - start) }
    try base.read(morsel, body)
  }
}

/// Counts batches and times what comes after them.
private struct MeterFactory: StageFactory {
  let node: OperatorMeasure

  func makeStage(_ context: ExecutionContext) -> any Stage { MeterStage(node) }
}

private final class MeterStage: Stage {
  private let node: OperatorMeasure

  init(_ node: OperatorMeasure) { self.node = node }

  func push(_ batch: Batch, _ emit: (Batch) throws -> Void) throws {
    let start = CPUClock.thread
    defer { node.note(rows: batch.count, downstream: CPUClock.thread - start) }
    try emit(batch)
  }
}

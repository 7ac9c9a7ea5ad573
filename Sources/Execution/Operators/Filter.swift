import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs `where`, in the scan itself where it stands on a stored table.
  func compile(_ filter: Filter, _ hint: TopHint?) throws -> Flow {
    if case .scan(let scan) = filter.input,
      let table = try context.tables.storedTable(named: scan.table)
    {
      return try compile(scan, over: table, filter: filter, hint)
    }
    return append(filter, to: try compile(filter.input, hint))
  }
}

/// Runs `where`: conjunct after conjunct over the rows that are left.
struct FilterFactory: StageFactory {
  let predicate: Expression
  let layout: ColumnLayout
  /// Positions of the columns that are read above.
  let emitted: [Int]

  func makeStage(_ context: ExecutionContext) throws -> any Stage {
    let compiler = ExpressionCompiler(layout: layout, context: context)
    return FilterStage(
      conjuncts: try Self.conjuncts(predicate).map { conjunct in
        FilterStage.Conjunct(
          node: try compiler.compile(conjunct),
          columns: conjunct.columnPositions(in: layout)
        )
      },
      emitted: emitted
    )
  }

  /// The operands of nested `And`s; all must be true for a row to pass.
  static func conjuncts(_ expression: Expression) -> [Expression] {
    guard case .call(let call) = expression, call.function == "And" else { return [expression] }
    return call.arguments.flatMap(conjuncts)
  }
}

/// Keeps the rows of a batch for which every conjunct is true.
final class FilterStage: Stage {
  struct Conjunct {
    let node: any ExpressionNode
    /// Columns that the conjunct reads, so that only these are gathered before it runs.
    let columns: Set<Int>
  }

  private let conjuncts: [Conjunct]
  private let emitted: [Int]

  init(conjuncts: [Conjunct], emitted: [Int]) {
    self.conjuncts = conjuncts
    self.emitted = emitted
  }

  func push(_ batch: Batch, _ emit: (Batch) throws -> Void) throws {
    var selection: Selection?
    for conjunct in conjuncts {
      let visible = selection.map { Self.gather(batch, $0, conjunct.columns) } ?? batch
      let flags = try conjunct.node.evaluate(visible)
      if flags.constant == .bool(true) { continue }
      let passed = Selection(trueRowsOf: flags)
      if passed.count == 0 { return }
      if passed.count == visible.count { continue }
      selection = selection?.picking(passed) ?? passed
    }
    let columns = emitted.map { position in
      let column = batch.columns[position]
      return selection.map { column.gather($0) } ?? column
    }
    try emit(Batch(columns: columns, count: selection?.count ?? batch.count))
  }

  /// The selected rows of the columns that are needed; the others stay as they are, unread.
  private static func gather(_ batch: Batch, _ selection: Selection, _ columns: Set<Int>) -> Batch {
    let gathered = batch.columns.enumerated().map { index, column in
      columns.contains(index) ? column.gather(selection) : column
    }
    return Batch(columns: gathered, count: selection.count)
  }
}

extension Expression {
  /// The positions of the columns that an expression reads.
  func columnPositions(in layout: ColumnLayout) -> Set<Int> {
    switch self {
    case .literal, .scalarSubquery: []
    case .column(let id, _): layout.position(of: id).map { [$0] } ?? []
    case .call(let call):
      call.arguments.reduce(into: []) { $0.formUnion($1.columnPositions(in: layout)) }
    case .membership(let membership): membership.operand.columnPositions(in: layout)
    }
  }
}

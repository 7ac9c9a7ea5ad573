import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs `partition`: the subquery over the rows of each key, results one after another.
  func compile(_ partition: Partition) throws -> Flow {
    let input = try compile(partition.input)
    let all = try context.concatenating(input.collect(context), types: input.layout.types)
    guard all.count > 0 else { return flow([], partition.columns) }
    try context.budget.require(all.rowByteCount + all.count * 24)
    let key = try ExpressionCompiler(layout: input.layout, context: context)
      .compile(partition.key).evaluate(all)
    let keys = KeyRows(key, count: all.count)
    if context.options.groupsRuns, GroupedRuns.canRun(partition.subquery, of: partition.id) {
      let rows = all.gather(keys.rows)
      let runs = GroupedRuns(
        context: context,
        id: partition.id,
        rows: [Batch(columns: rows.columns + [keys.numbers], count: rows.count)],
        runs: 0..<keys.count
      )
      let results = try runs.compile(partition.subquery).collect(partition.columns, context)
      return flow(results, partition.columns)
    }
    return flow(try runAlone(partition, all, keys), partition.columns)
  }

  /// Runs the subquery for one key after another.
  private func runAlone(_ partition: Partition, _ all: Batch, _ keys: KeyRows) throws -> [Batch] {
    // A query of its own, in braces, knows of the rows just their key.
    let isOwnQuery = !partition.subquery.readsInput(partition.id)
    let keepsShared = !isOwnQuery && !partition.subquery.sharesInput(partition.id)
    return try (0..<keys.count).flatMap { key in
      try context.budget.check()
      let inner = context.forSubquery(keepsShared: keepsShared)
        .handing([all.gather(keys.rows(of: key))], to: partition.id)
      let flow = try PlanCompiler(context: inner).compile(partition.subquery)
      return try flow.collect(partition.columns, inner)
    }
  }
}

extension Flow {
  /// Runs the flow and keeps some columns, by id; those that it lacks are null.
  fileprivate func collect(
    _ columns: [PlanColumn],
    _ context: ExecutionContext
  ) throws -> [Batch] {
    let positions = columns.map { layout.position(of: $0.id) }
    return try collect(context).map { batch in
      let vectors = zip(positions, columns).map { position, column in
        position.map { batch.columns[$0] }
          ?? Vector(constant: .missing(column.type), count: batch.count)
      }
      return Batch(columns: vectors, count: batch.count)
    }
  }
}

/// The rows of each key, keys in the order in which they appear.
struct KeyRows {
  /// How many keys there are.
  let count: Int
  /// All rows, those of a key together and in their order.
  private(set) var rows: [UInt32]
  /// Where the rows of each key start, and where the last ones end.
  private var starts: [Int]

  init(_ key: Vector, count rowCount: Int) {
    let table = GroupTable(types: [key.type])
    var groups = [UInt32](repeating: 0, count: rowCount)
    groups.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { table.insert([key], count: rowCount, into: base) }
    }
    count = table.count
    starts = [Int](repeating: 0, count: table.count + 1)
    for group in groups { starts[Int(group) + 1] += 1 }
    for group in 0..<table.count { starts[group + 1] += starts[group] }
    rows = [UInt32](repeating: 0, count: rowCount)
    var next = starts
    for (row, group) in groups.enumerated() {
      rows[next[Int(group)]] = UInt32(truncatingIfNeeded: row)
      next[Int(group)] += 1
    }
  }

  /// The rows of one key.
  func rows(of key: Int) -> [UInt32] { Array(rows[starts[key]..<starts[key + 1]]) }

  /// For each of `rows` the number of its key.
  var numbers: Vector {
    .numbers(
      (0..<count).flatMap { key in
        repeatElement(UInt32(truncatingIfNeeded: key), count: starts[key + 1] - starts[key])
      }
    )
  }
}

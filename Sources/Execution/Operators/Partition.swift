import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs `partition`: the subquery over the rows of each key, results one after another.
  func compile(_ partition: Partition) throws -> Flow {
    let input = try compile(partition.input)
    let all = Batch.concatenating(try input.collect(context), types: input.layout.types)
    guard all.count > 0 else { return flow([], partition.columns) }
    let key = try ExpressionCompiler(layout: input.layout, context: context)
      .compile(partition.key).evaluate(all)
    let keepsShared = !partition.subquery.sharesInput(partition.id)
    var results: [Batch] = []
    for rows in Self.rowsByKey(key, all.count) {
      try context.budget.check()
      var compiler = with(context.forSubquery(keepsShared: keepsShared))
      compiler.subqueryRows[partition.id] = [all.gather(rows)]
      let part = try compiler.compile(partition.subquery)
      let positions = partition.columns.map { part.layout.position(of: $0.id) }
      for batch in try part.collect(context) {
        let columns = zip(positions, partition.columns).map { position, column in
          position.map { batch.columns[$0] }
            ?? Vector(constant: .missing(column.type), count: batch.count)
        }
        results.append(Batch(columns: columns, count: batch.count))
      }
    }
    return flow(results, partition.columns)
  }

  /// The rows of each key in the order in which keys appear.
  private static func rowsByKey(_ key: Vector, _ count: Int) -> [[UInt32]] {
    let table = GroupTable(types: [key.type])
    var groups = [UInt32](repeating: 0, count: count)
    groups.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { table.insert([key], count: count, into: base) }
    }
    var rows = [[UInt32]](repeating: [], count: table.count)
    for (row, group) in groups.enumerated() {
      rows[Int(group)].append(UInt32(truncatingIfNeeded: row))
    }
    return rows
  }
}

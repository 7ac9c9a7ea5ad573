import Columnar
import QueryPlan

extension PlanCompiler {
  /// Reads a table; columns that it lacks are null.
  func compile(_ scan: TableScan, _ hint: TopHint?) throws -> Flow {
    if let stored = try context.tables.storedTable(named: scan.table) {
      return try compile(scan, over: stored, hint)
    }
    guard let table = try context.tables.table(named: scan.table) else {
      return flow([], scan.columns)
    }
    let sources = scan.columns.map { column in
      column.id == scan.ingestionTime ? nil : table.schema.index(of: column.name)
    }
    let chunks = table.chunks.map { chunk in
      Batch(
        columns: zip(scan.columns, sources).map { column, source in
          source.map { chunk.columns[$0] }
            ?? Vector(constant: .missing(column.type), count: chunk.count)
        },
        count: chunk.count
      )
    }
    return flow(chunks, scan.columns)
  }

  /// Literal rows.
  func compile(_ values: Values) -> Flow {
    let columns = values.columns.indices.map { index in
      let builder = VectorBuilder(type: values.columns[index].type, capacity: values.rows.count)
      for row in values.rows { builder.append(row[index]) }
      return builder.finish()
    }
    return flow([Batch(columns: columns, count: values.rows.count)], values.columns)
  }

  /// Runs a shared plan once if it is to be kept, and renames its columns.
  func compile(_ reference: SharedReference) throws -> Flow {
    let shared = reference.shared
    if let kept = context.shared.table(shared.id) { return flow(kept, reference.columns) }
    if shared.isMaterialized {
      let batches = try collect(shared.plan)
      context.shared.keep(table: batches, for: shared.id)
      return flow(batches, reference.columns)
    }
    let inner = try compile(shared.plan)
    return Flow(pipelines: inner.pipelines, layout: ColumnLayout(reference.columns))
  }
}

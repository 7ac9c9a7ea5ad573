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
      scan.arrivals[column.id] != nil ? nil : table.schema.index(of: column.name)
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
    if shared.isMaterialized, let batches = try keptRows(of: shared) {
      let columns = batches.map { batch in
        Batch(columns: reference.sources.map { batch.columns[$0] }, count: batch.count)
      }
      return flow(columns, reference.columns)
    }
    let expressions = zip(reference.columns, reference.sources).map { column, source in
      let origin = shared.plan.columns[source]
      return NamedExpression(column, .column(origin.id, origin.type))
    }
    let renaming = Project(input: shared.plan, expressions: expressions)
    return append(renaming, to: try compile(shared.plan), passing: [])
  }

  /// The rows of a plan that is run once; nil where nobody asked for that and memory does not
  /// suffice.
  private func keptRows(of shared: SharedPlan) throws -> [Batch]? {
    if let known = context.shared.table(shared.id) { return known }
    do {
      let inner = try compile(shared.plan)
      let positions = shared.plan.columns.compactMap { inner.layout.position(of: $0.id) }
      let batches = try inner.collect(context).map { batch in
        Batch(columns: positions.map { batch.columns[$0] }, count: batch.count)
      }
      context.shared.keep(table: batches, for: shared.id)
      return batches
    } catch let failure as QueryFailure where failure.kind == .memory && shared.keeping == .chosen {
      _ = context.budget.makeRoom()
      return nil
    }
  }
}

import Columnar
public import Execution
public import Hunting
import Tenancy

/// What queries of the fleet came to.
public struct FleetAnswer: Sendable {
  /// A result for each query.
  public internal(set) var results: [QueryResult] = []
  /// Tenants whose rows are missing, each once, and why.
  public private(set) var failures: [TenantFailure] = []
  /// Tables that tenants lack and that therefore count as empty, by the names of tenants.
  public private(set) var missing: [(tenant: String, tables: [String])] = []

  /// Takes over what is to be said of a table.
  mutating func add(_ rows: TenantRows) {
    for part in rows.parts {
      if case .failure(let failure) = part.outcome,
        !failures.contains(where: { $0.tenant == part.tenant })
      {
        failures.append(TenantFailure(tenant: part.tenant, failure: failure))
      }
      if !part.missing.isEmpty { add(part.missing, of: part.tenant.name) }
    }
  }

  private mutating func add(_ tables: [String], of tenant: String) {
    guard let index = missing.firstIndex(where: { $0.tenant == tenant }) else {
      return missing.append((tenant, tables))
    }
    missing[index].tables = Set(missing[index].tables + tables).sorted()
  }

  /// Results one behind the other, under the columns of all, each with a label before it.
  public static func joined(
    _ results: [QueryResult],
    labelled column: String,
    _ labels: [String]
  ) throws -> QueryResult {
    var columns: [ColumnSchema] = []
    for item in results.flatMap(\.schema.columns) where !columns.contains(item) {
      columns.append(item)
    }
    var batches: [Batch] = []
    for (label, result) in zip(labels, results) {
      let sources = columns.map { result.schema.columns.firstIndex(of: $0) }
      try result.forEachBatch { batch in
        let label = Vector(constant: .string(ByteString(label)), count: batch.count)
        let cells = zip(columns, sources).map { column, source in
          source.map { batch.columns[$0] }
            ?? Vector(constant: .missing(column.type), count: batch.count)
        }
        batches.append(Batch(columns: [label] + cells, count: batch.count))
      }
    }
    return QueryResult(schema: Schema([ColumnSchema(column, .string)] + columns), batches: batches)
  }
}

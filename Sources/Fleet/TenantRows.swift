import Columnar
import Execution
import Hunting
import Tenancy

/// What a query came to in each tenant.
struct TenantRows {
  /// What it came to in one.
  struct Part: Sendable {
    let tenant: TenantRecord
    /// Tables that it reads and the tenant lacks.
    let missing: [String]
    let outcome: Result<QueryResult, QueryFailure>

    /// What is to be said of the tenant: `ok`, what it lacks, or why it failed.
    var status: String {
      switch outcome {
      case .failure(let failure): "error: \(failure.message)"
      case .success: missing.isEmpty ? "ok" : "no rows of \(missing.joined(separator: ", "))"
      }
    }
  }

  /// The columns of the query.
  private let schema: Schema
  let parts: [Part]
  /// Into whose budgets the rows count.
  private let outcomes: [TenantRuns<QueryResult>.Outcome]

  init(_ schema: Schema, _ parts: [Part], holding outcomes: [TenantRuns<QueryResult>.Outcome]) {
    self.schema = schema
    self.parts = parts
    self.outcomes = outcomes
  }

  private static let tenantColumns = ["Tenant", "TenantName", "Status"]

  /// The rows of all, behind columns that tell the tenant and its status.
  func table(_ table: FleetTable) throws -> ColumnTable {
    let columns = Self.tenantColumns.map { ColumnSchema($0, .string) } + schema.columns
    var batches: [Batch] = []
    for part in parts {
      switch part.outcome {
      case .success(let rows):
        try rows.forEachBatch { batches.append(Self.labelled($0, by: part)) }
      case .failure where table.hasRowForEachTenant:
        let nulls = schema.types.map { Vector(constant: .missing($0), count: 1) }
        batches.append(Self.labelled(Batch(columns: nulls, count: 1), by: part))
      case .failure: break
      }
    }
    return ColumnTable(schema: Schema(columns), chunks: batches)
  }

  private static func labelled(_ batch: Batch, by part: Part) -> Batch {
    let labels = [part.tenant.name, part.tenant.displayName, part.status].map { text in
      Vector(constant: .string(ByteString(text)), count: batch.count)
    }
    return Batch(columns: labels + batch.columns, count: batch.count)
  }
}

public import Columnar
import Execution
public import Hunting
import Incidents
import OperationalStore

/// The tenants' allow/block lists as the table TenantAllowBlockList, which queries may join.
public struct AllowBlockTable: TableSupplement, RowListing {
  private let path: String

  /// - Parameter path: the folder of the store.
  public init(store path: String) { self.path = path }

  public var tables: [SuppliedTable] {
    [SuppliedTable("TenantAllowBlockList", columns: Self.schema)]
  }

  private static let schema =
    times("Timestamp") + texts("EntryId", "Kind", "Action", "Value", "Note", "CreatedBy")
    + times("ExpiresAt", "RemovedAt") + [ColumnSchema("IsActive", .bool)]

  public func rows(of table: String, tenant: String) throws -> ColumnTable {
    let schema = Schema(Self.schema)
    guard let incidents = try IncidentStore.open(store: path, access: .readOnly) else {
      return ColumnTable(schema: schema, chunks: [])
    }
    let entries = try AllowBlockStore(incidents).entries(of: [tenant], all: true)
    let now = incidents.now
    let rows = StoreListing.rows(schema, Array(entries.reversed())) { entry in
      [Self.time(entry.created)]
        + [
          entry.reference.description, entry.kind.rawValue, entry.action.rawValue, entry.value,
          entry.note, entry.createdBy,
        ].map(Self.text)
        + [Self.time(entry.expires), Self.time(entry.removed), .bool(entry.holds(at: now))]
    }
    return ColumnTable(schema: schema, chunks: entries.isEmpty ? [] : try rows.batches)
  }
}

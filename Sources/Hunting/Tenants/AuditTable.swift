public import Columnar
import Execution
import FileAccess
import OperationalStore
import Tenancy

/// The audit trail as rows of `AuditLog`: the owner's to see.
///
/// A tenant has the entries that are about it, and those that are about the store: principals,
/// what is granted for all tenants, what was refused of either. One that is about several is a row
/// of each of them, with the same `Sequence`.
public struct AuditTable: TableSupplement {
  private let path: String
  private let entries = Once<[Entry]>()

  private struct Entry: Sendable {
    let entry: AuditEntry
    /// nil for all.
    let tenants: Set<String>?
  }

  /// - Parameter path: the folder of the store; its trail is read when a query does.
  public init(store path: String) { self.path = path }

  public var tables: [SuppliedTable] { [SuppliedTable("AuditLog", columns: Self.columns)] }

  public func rows(of table: String, tenant: String) throws -> ColumnTable {
    var builder = RowBuilder(Schema(Self.columns))
    for item in try entries.value(read) where item.tenants?.contains(tenant) ?? true {
      let entry = item.entry
      builder.append([
        "Timestamp": .datetime(entry.at), "Sequence": .long(entry.sequence),
        "Principal": .string(ByteString(entry.principal)),
        "ActionType": .string(ByteString(entry.action)),
        "Object": .string(ByteString(entry.object)),
        "Detail": .string(ByteString(entry.detail)), "Hash": .string(ByteString(entry.hash)),
      ])
    }
    return try builder.table
  }

  private func read() throws -> [Entry] {
    var audited = AuditedTenants()
    return try AccessStore.open(store: path, access: .readOnly)?.audit(last: .max)
      .map { Entry(entry: $0, tenants: audited.tenants(of: $0)) } ?? []
  }

  private static let columns = [
    ColumnSchema("Timestamp", .datetime), ColumnSchema("Sequence", .long),
    ColumnSchema("Principal", .string), ColumnSchema("ActionType", .string),
    ColumnSchema("Object", .string), ColumnSchema("Detail", .string),
    ColumnSchema("Hash", .string),
  ]
}

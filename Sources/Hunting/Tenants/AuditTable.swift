public import Columnar
import Execution
import FileAccess
import OperationalStore
import Tenancy

/// What was done to tenants, and hunted for in them, as rows of `AuditLog`: the owner's to see.
public struct AuditTable: TableSupplement {
  private let path: String
  private let entries = Once<[AuditEntry]>()

  /// - Parameter path: the folder of the store; its trail is read when a query does.
  public init(store path: String) { self.path = path }

  public var tables: [SuppliedTable] { [SuppliedTable("AuditLog", columns: Self.columns)] }

  public func rows(of table: String, tenant: String) throws -> ColumnTable {
    var builder = RowBuilder(Schema(Self.columns))
    let all = try entries.value {
      try AccessStore.open(store: path, access: .readOnly)?.audit(last: .max) ?? []
    }
    for entry in all where entry.object.split(separator: ",").contains(where: { $0 == tenant }) {
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

  private static let columns = [
    ColumnSchema("Timestamp", .datetime), ColumnSchema("Sequence", .long),
    ColumnSchema("Principal", .string), ColumnSchema("ActionType", .string),
    ColumnSchema("Object", .string), ColumnSchema("Detail", .string),
    ColumnSchema("Hash", .string),
  ]
}

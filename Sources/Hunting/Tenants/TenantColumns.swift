import Columnar
import Tenancy

/// `TenantId` and `TenantName`, which every row of a stored table has.
///
/// They are columns of the tables where several tenants are in scope. Where it is one, they are
/// constants that a query may name. A column of that name that the product gives a table has the
/// tenant too, unless values of its own were ingested.
struct TenantColumns: Sendable {
  static let id = "TenantId"
  static let name = "TenantName"

  /// Whether they are columns.
  let areListed: Bool
  /// The one tenant in scope.
  private let only: TenantRecord?

  init(_ scope: TenantScope) {
    areListed = scope.tenants.count > 1
    only = scope.tenants.count == 1 ? scope.tenants.first : nil
  }

  /// Values that a query may name where they are no columns.
  var constants: [String: Scalar] { only.map(Self.values) ?? [:] }

  /// The columns, as far as a table has none of the same name of its own.
  func columns(beside own: [ColumnSchema]) -> [ColumnSchema] {
    guard areListed else { return [] }
    return [Self.id, Self.name].filter { name in !own.contains { $0.name == name } }
      .map { ColumnSchema($0, .string) }
  }

  /// What the rows of a tenant have in them.
  static func values(_ tenant: TenantRecord) -> [String: Scalar] {
    [id: .string(ByteString(tenant.id)), name: .string(ByteString(tenant.displayName))]
  }
}

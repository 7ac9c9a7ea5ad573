package import Columnar
public import Tenancy

/// Whose the rows of a list are: the name that references begin with, and what queries have as
/// `TenantId` and `TenantName`.
public struct ListedTenants: Sendable {
  private let records: [String: TenantRecord]
  private let isBrief: Bool

  public init(_ records: [TenantRecord]) {
    self.records = Dictionary(uniqueKeysWithValues: records.map { ($0.name, $0) })
    isBrief = false
  }

  private init() {
    records = [:]
    isBrief = true
  }

  /// Their names alone, where there is no room for more.
  public static let brief = ListedTenants()

  package var columns: [ColumnSchema] {
    (["Tenant"] + (isBrief ? [] : [TenantColumns.id, TenantColumns.name]))
      .map { ColumnSchema($0, .string) }
  }

  package func cells(of tenant: String) -> [Scalar] {
    let record = records[tenant]
    let further = [record?.id ?? tenant, record?.displayName ?? tenant]
    return ([tenant] + (isBrief ? [] : further)).map { .string(ByteString($0)) }
  }

  /// What programs read of them beside the name.
  package func furtherFields(of tenant: String) -> Fields {
    Array(zip(columns, cells(of: tenant)).dropFirst().map { ($0.name, .scalar($1)) })
  }
}

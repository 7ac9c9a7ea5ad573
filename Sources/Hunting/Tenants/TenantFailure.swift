public import Columnar
public import Tenancy

/// That rows of a tenant are missing from an answer, and why.
public struct TenantFailure: Sendable {
  public let tenant: TenantRecord
  public let failure: QueryFailure
}

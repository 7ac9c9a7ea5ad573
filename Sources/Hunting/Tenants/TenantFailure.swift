public import Columnar
public import Tenancy

/// That rows of a tenant are missing from an answer, and why.
public struct TenantFailure: Sendable {
  public let tenant: TenantRecord
  public let failure: QueryFailure

  public init(tenant: TenantRecord, failure: QueryFailure) {
    self.tenant = tenant
    self.failure = failure
  }
}

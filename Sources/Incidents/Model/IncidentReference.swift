/// What tells an incident: its tenant and its number there, as in `contoso/17`.
public struct IncidentReference: Sendable, Hashable, CustomStringConvertible {
  public let tenant: String
  public let number: Int

  public init(tenant: String, number: Int) {
    self.tenant = tenant
    self.number = number
  }

  /// Reads `contoso/17`, or `17` where only one tenant is meant.
  public init(reading text: String, tenants: [String]) throws(IncidentFailure) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let last = parts.last, let number = Int(last), number > 0 else {
      throw IncidentFailure("'\(text)' is no incident; write TENANT/NUMBER as in contoso/17")
    }
    let tenant = parts.dropLast().joined(separator: "/")
    if parts.count > 1 {
      // One that is somebody else's looks as if it were not there.
      guard tenants.contains(tenant) else { throw IncidentFailure.missing(text) }
      self.init(tenant: tenant, number: number)
      return
    }
    guard tenants.count == 1 else {
      throw IncidentFailure(
        "'\(text)' may be of several tenants; write TENANT/\(number) or choose one with --tenant"
      )
    }
    self.init(tenant: tenants[0], number: number)
  }

  public var description: String { "\(tenant)/\(number)" }
}

extension IncidentFailure {
  static func missing(_ incident: String) -> IncidentFailure {
    IncidentFailure("there is no incident '\(incident)'; 'harrier incidents list' shows them")
  }
}

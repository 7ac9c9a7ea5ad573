import Alerts

/// What tells an alert: its tenant and its id there, as in `contoso/da1`.
public struct AlertReference: Sendable, Hashable, CustomStringConvertible {
  public let tenant: String
  public let id: String

  public init(tenant: String, id: String) {
    self.tenant = tenant
    self.id = id
  }

  public var description: String { "\(tenant)/\(id)" }

  public static func == (left: AlertReference, right: AlertReference) -> Bool {
    left.tenant.hasBytes(of: right.tenant) && left.id.hasBytes(of: right.id)
  }
}

extension IncidentFailure {
  static func missing(alert: String) -> IncidentFailure {
    IncidentFailure("there is no alert '\(alert)'; 'harrier alerts list' shows them")
  }

  /// That several tenants have an alert of one id.
  static func ambiguous(_ alert: String, in tenants: [String]) -> IncidentFailure {
    let named = tenants.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
    let further = tenants.count > 5 ? " and \(tenants.count - 5) more" : ""
    return IncidentFailure(
      "the alert '\(alert)' may be of several tenants, \(named)\(further); write TENANT/ID as in "
        + "\(tenants[0])/\(alert), or choose a tenant with --tenant"
    )
  }
}

import Incidents
import Tenancy

/// What somebody is told who sees a tenant, but lacks the right for what it wants there.
extension OpenedIncidents {
  /// Fails where a text such as `contoso/17` names something of a tenant that the principal sees,
  /// but for which it lacks the right.
  func requireRight(to text: String) throws(AccessFailure) {
    let tenant = text.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    if let failure = refusals[tenant] { throw failure }
  }

  /// What is said of an alert of a tenant whose alerts the principal may read, but lacks the right
  /// for what it wants; nil for one that is nowhere there.
  func refusal(ofAlert text: String) throws -> IncidentFailure? {
    if refusals.isEmpty { return nil }
    let readable: [String]
    do {
      readable = try access.scope(over: .all, for: .readIncidents).tenants.map(\.name)
    } catch is AccessFailure {
      return nil
    }
    for tenant in readable {
      guard let failure = refusals[tenant],
        case .success? = try incidents?.alerts(named: [text], of: [tenant]).first
      else { continue }
      return IncidentFailure("\(failure)")
    }
    return nil
  }
}

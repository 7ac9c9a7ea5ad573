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

  /// What is said of an alert for which the principal lacks the right for what it wants: one of a
  /// tenant that it names and sees, or of one whose alerts it may read. nil for one that is nowhere
  /// there.
  func refusal(ofAlert text: String) throws -> IncidentFailure? {
    if refusals.isEmpty { return nil }
    // Ids may have signs that look like a tenant's name, so that the longest counts.
    let named = refusals.keys.filter { text.hasPrefix($0 + "/") }.max { $0.count < $1.count }
    if let failure = named.flatMap({ refusals[$0] }) { return IncidentFailure("\(failure)") }
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

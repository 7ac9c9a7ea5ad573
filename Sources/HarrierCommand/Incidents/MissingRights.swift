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
  func refusal(ofAlert id: String) throws -> ItemOutcome? {
    if refusals.isEmpty { return nil }
    let readable: [String]
    do {
      readable = try access.scope(over: .all, for: .readIncidents).tenants.map(\.name)
    } catch is AccessFailure {
      return nil
    }
    for tenant in readable {
      guard let failure = refusals[tenant], try incidents?.alert(id, of: tenant) != nil else {
        continue
      }
      return ItemOutcome(tenant: tenant, item: id, failure: IncidentFailure("\(failure)"))
    }
    return nil
  }

  /// Fails where alerts are not of a tenant, but of one for which the principal lacks the right.
  func requireRights(toAlerts ids: [String], of tenant: String) throws {
    for id in ids where try incidents?.alert(id, of: tenant) == nil {
      if let failure = try refusal(ofAlert: id)?.failure { throw failure }
    }
  }
}

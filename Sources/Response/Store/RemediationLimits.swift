import GRDB
import Incidents
import OperationalStore

/// How much is done to mails of a tenant at the same time, as the product limits it.
///
/// A remediation is what one approval covers.
public enum RemediationLimits {
  /// The most remediations that are at work.
  public static let mostAtOnce = 50
  /// While one covers more mails than this, no other begins.
  public static let largest = 1_000_000
}

extension ActionStore {
  /// Refuses remediations of mails that a tenant has no room for; those that only wait for approval
  /// are let through.
  public func requireRoom(for requests: [ActionRequest]) throws {
    let mails = requests.filter { $0.kind.subject == .mail && !$0.needsApproval }
    let byTenant = Dictionary(grouping: mails, by: \.tenant)
    for (tenant, some) in byTenant.sorted(by: { $0.key < $1.key }) {
      let approvals = Set(some.map(\.approval))
      let refusal = try read { reader in
        try reader.refusalOfRemediation(in: tenant, beside: approvals)
      }
      if let refusal { throw refusal }
    }
  }
}

/// Finds out once for each approval whether it may begin, and lets one that began go on.
struct RemediationRooms {
  private var known: [String: ResponseFailure?] = [:]

  mutating func refusal(
    of action: ActionRecord?,
    _ reader: some IncidentReading
  ) throws -> ResponseFailure? {
    guard let action, action.kind.subject == .mail, action.status == .pending else { return nil }
    let key = "\(action.reference.tenant)\n\(action.approval)"
    if let found = known[key] { return found }
    let refusal = try reader.refusalOfRemediation(
      in: action.reference.tenant,
      beside: [action.approval]
    )
    known[key] = .some(refusal)
    return refusal
  }
}

extension IncidentReading {
  /// Why no other remediation of mails may begin in a tenant; nil where one may.
  ///
  /// - Parameter approvals: what it is called; more of what is at work is let through.
  func refusalOfRemediation(
    in tenant: String,
    beside approvals: Set<String>
  ) throws -> ResponseFailure? {
    let atWork = try rows(
      """
      SELECT approval, count(*) AS mails FROM actions
      WHERE tenant = ? AND status IN ('approved', 'running')
        AND kind IN (\(Self.mailKinds)) AND undoes IS NULL
      GROUP BY approval
      """,
      [tenant]
    )
    .map { (approval: $0["approval"] as String, mails: $0["mails"] as Int) }
    .filter { !approvals.contains($0.approval) }
    if let large = atWork.first(where: { $0.mails > RemediationLimits.largest }) {
      return ResponseFailure(
        "the approval \(large.approval) of '\(tenant)' covers \(large.mails) mails; no other "
          + "remediation begins before it is done, see 'harrier actions list --history'"
      )
    }
    if atWork.count < RemediationLimits.mostAtOnce { return nil }
    return ResponseFailure(
      "\(atWork.count) remediations of mails are at work in '\(tenant)', and "
        + "\(RemediationLimits.mostAtOnce) are the most at once; let them end with "
        + "'harrier actions run', or ask for approval with --propose"
    )
  }

  private static var mailKinds: String {
    ActionKind.allCases.filter { $0.subject == .mail }.map { "'\($0.rawValue)'" }
      .joined(separator: ", ")
  }
}

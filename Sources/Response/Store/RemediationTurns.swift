import GRDB
import Incidents

/// Finds out whether a remediation of mails may begin, or waits behind others; once for each in a
/// transaction, in which a bulk of its mails is asked for.
final class RemediationTurns {
  private let limits: RemediationLimits
  private var known: [String: String?] = [:]

  init(_ limits: RemediationLimits) { self.limits = limits }

  /// Why a remediation waits; nil where it begins, or is at work already and goes on.
  func reasonToWait(
    _ approval: String,
    of tenant: String,
    _ reader: some IncidentReading
  ) throws -> String? {
    let key = tenant + "\n" + approval
    if let found = known[key] { return found }
    let reason = try find(approval, tenant, reader)
    known[key] = .some(reason)
    return reason
  }

  private func find(
    _ approval: String,
    _ tenant: String,
    _ reader: some IncidentReading
  ) throws -> String? {
    let own = try reader.rows(
      """
      SELECT status FROM actions WHERE approval = ? AND tenant = ? AND undoes IS NULL
        AND status IN ('approved', 'running', 'queued')
      ORDER BY id DESC LIMIT 1
      """,
      [approval, tenant]
    )
    if let status: String = own.first?["status"], status != ActionStatus.queued.rawValue {
      return nil
    }
    // Nobody overtakes those that wait.
    let waiting = try reader.rows(
      "SELECT approval FROM actions WHERE status = 'queued' AND tenant = ? ORDER BY id LIMIT 1",
      [tenant]
    )
    if let first: String = waiting.first?["approval"] {
      return "waits until the remediation \(first) and those before it have begun"
    }
    return try reader.remediationsAtWork(in: tenant).reasonToWait(limits)
  }
}

/// The remediations of a tenant that are at work, with how many mails each still covers.
struct RemediationsAtWork {
  var mails: [String: Int]

  /// Why no other begins beside them; nil where one may.
  func reasonToWait(_ limits: RemediationLimits) -> String? {
    if let large = mails.first(where: { $0.value > limits.largest }) {
      return "waits until the remediation \(large.key) of \(large.value) mails is done"
    }
    if mails.count < limits.mostAtOnce { return nil }
    return "waits until one of \(mails.count) remediations of mails is done; "
      + "\(limits.mostAtOnce) are the most at once"
  }
}

extension IncidentReading {
  func remediationsAtWork(in tenant: String) throws -> RemediationsAtWork {
    let found = try rows(
      """
      SELECT approval, count(*) AS mails FROM actions
      WHERE tenant = ? AND status IN ('approved', 'running')
        AND kind IN (\(ActionKind.mailKinds)) AND undoes IS NULL
      GROUP BY approval
      """,
      [tenant]
    )
    return RemediationsAtWork(
      mails: Dictionary(found.map { ($0["approval"], $0["mails"]) }) { first, _ in first }
    )
  }
}

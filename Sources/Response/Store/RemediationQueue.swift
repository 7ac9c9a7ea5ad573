import GRDB
import Incidents
public import OperationalStore

extension ActionStore {
  /// Lets remediations of mails that wait begin, in the order in which they were asked for, as far
  /// as there is room beside those at work.
  ///
  /// - Returns: how many actions waited and may be executed now.
  func beginQueued(in tenants: [String], step: Int = 2_000) throws(StoreFailure) -> Int {
    var begun = 0
    for tenant in tenants {
      // Whoever asks for more meanwhile waits too, since there is a queue.
      for approval in try read({ try $0.nextRemediations(of: tenant, limits) }) {
        while case let count = try write({ try $0.begin(approval, of: tenant, atMost: step) }),
          count > 0
        { begun += count }
      }
    }
    return begun
  }

  /// How many actions of tenants wait in the queue.
  public func queuedCount(in tenants: [String]) throws(StoreFailure) -> Int {
    try read { reader in
      try tenants.reduce(0) { sum, tenant in
        let found = try reader.rows(
          "SELECT count(*) AS count FROM actions WHERE status = 'queued' AND tenant = ?",
          [tenant]
        )
        return sum + (found.first?["count"] ?? 0)
      }
    }
  }
}

extension ResponseWriter {
  /// Lets the next actions of a remediation begin that wait; how many.
  fileprivate func begin(_ approval: String, of tenant: String, atMost limit: Int) throws -> Int {
    let waiting = try actions(
      """
      WHERE actions.approval = ? AND actions.tenant = ? AND actions.status = 'queued'
      ORDER BY actions.id LIMIT ?
      """,
      [approval, tenant, limit]
    )
    let step = ActionStep(status: .approved, comment: "there is room for it now")
    return try waiting.count { try advance($0, step, by: .response) == nil }
  }
}

extension IncidentReading {
  /// The remediations of a tenant that wait and may begin, those first that were begun in part when
  /// a run was ended.
  fileprivate func nextRemediations(
    of tenant: String,
    _ limits: RemediationLimits
  ) throws -> [String] {
    if try rows("SELECT 1 FROM actions WHERE status = 'queued' AND tenant = ? LIMIT 1", [tenant])
      .isEmpty
    {
      return []
    }
    var atWork = try remediationsAtWork(in: tenant)
    var next = try atWork.mails.keys.sorted().filter { try waitingMails($0, tenant) > 0 }
    let queue = try Row.fetchCursor(
      database,
      sql: "SELECT approval FROM actions WHERE status = 'queued' AND tenant = ? ORDER BY id",
      arguments: [tenant]
    )
    while atWork.reasonToWait(limits) == nil, let row = try queue.next() {
      let approval: String = row["approval"]
      if atWork.mails[approval] != nil { continue }
      atWork.mails[approval] = try waitingMails(approval, tenant)
      next.append(approval)
    }
    return next
  }

  private func waitingMails(_ approval: String, _ tenant: String) throws -> Int {
    let found = try rows(
      """
      SELECT count(*) AS count FROM actions
      WHERE approval = ? AND tenant = ? AND status = 'queued'
      """,
      [approval, tenant]
    )
    return found.first?["count"] ?? 0
  }
}

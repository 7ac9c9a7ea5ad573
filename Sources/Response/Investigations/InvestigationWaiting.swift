import Columnar
import GRDB
import Incidents
import Synchronization

extension InvestigationRunner {
  /// What a process knows of investigations that wait.
  struct Seen {
    /// The version of the rows, and the last change of an action, at which places of mails were
    /// looked up last.
    var version: [Int64] = []
    /// The statuses of their actions, by their keys.
    var statuses: [Int64: [ActionStatus]] = [:]
  }

  /// Lets investigations that wait follow their actions, and these the places of their mails.
  func follow(
    _ tenants: Set<String>?,
    _ opened: Opening,
    _ outcome: inout Outcome
  ) throws {
    let waiting = try store.read { reader in
      try reader.rows("SELECT * FROM investigations WHERE status = 'pendingAction' ORDER BY id", [])
        .map(Investigation.init)
    }
    .filter { tenants?.contains($0.tenant) ?? true }
    if waiting.isEmpty { return }
    let change = try store.read { try $0.rows("SELECT max(id) AS id FROM action_history", []) }
    let last: Int64 = change.first?["id"] ?? 0
    let version = [try opened.value().version, last]
    let hasRows = seen.withLock { $0.version != version } || places != nil
    for investigation in waiting {
      if hasRows { outcome.remediatedElsewhere += try followMails(investigation, opened) }
      let statuses = try store.read { try $0.actions(ofInvestigation: investigation.id) }
        .map(\.status)
      // Nothing is written where nothing changed: this runs each second.
      if seen.withLock({ $0.statuses[investigation.id] == statuses }) { continue }
      try store.write { try $0.follow(investigation.id) }
      seen.withLock { $0.statuses[investigation.id] = statuses }
    }
    let open = Set(waiting.map(\.id))
    seen.withLock { seen in
      seen.version = version
      seen.statuses = seen.statuses.filter { open.contains($0.key) }
    }
  }

  /// Ends actions on mails that are in no mailbox any more; how many.
  private func followMails(_ investigation: Investigation, _ opened: Opening) throws -> Int {
    let waiting = try store.read { try $0.waitingMails(ofInvestigation: investigation.id) }
    if waiting.isEmpty { return 0 }
    let ids = waiting.map { $0.mail["networkMessageId"] ?? "" }
    let recipients = waiting.map { $0.mail["recipientEmailAddress"] ?? "" }
    guard let found = try locations(of: Array(zip(ids, recipients)), investigation, opened) else {
      return 0
    }
    var gone: [(action: Int64, MailLocation)] = []
    for (item, place) in zip(waiting, found) {
      if let place, place != .unknown, !place.isCloudMailbox { gone.append((item.action, place)) }
    }
    if gone.isEmpty { return 0 }
    try store.write { writer in
      for (action, place) in gone {
        try writer.settle(
          action,
          as: .alreadyRemediated,
          detail: "the mail is in: \(place.rawValue)",
          by: .investigation
        )
      }
    }
    return gone.count
  }

  /// Where mails are now; nil where that is not to be known.
  private func locations(
    of mails: [(String, String)],
    _ investigation: Investigation,
    _ opened: Opening
  ) throws -> [MailLocation?]? {
    guard let run = try stepRun(investigation.tenant, opened) else { return nil }
    let known = mails.map { id, recipient in
      InvestigationEntity(
        .mail,
        [("networkMessageId", id), ("recipientEmailAddress", recipient)],
        verdict: .unknown,
        origin: "alert"
      )
    }
    let values = InvestigationValues(known, start: investigation.created)
    let result = run.run(MailQueries.gather, values)
    if result.isFailed { return nil }
    let found = Dictionary(
      result.entities.map { ($0.key.lowercased(), $0.location) },
      uniquingKeysWith: { first, _ in first }
    )
    let better = try places?(investigation.tenant, mails.map { (id: $0.0, recipient: $0.1) })
    return known.enumerated().map { index, mail in
      better?[index] ?? found[mail.key.lowercased()]
    }
  }
}

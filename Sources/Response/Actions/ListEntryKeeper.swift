import Alerts
import Columnar
import GRDB
import Incidents

/// Puts files, URLs and senders on the allow and block list of their tenant.
struct ListEntryKeeper: EntryKeeper {
  /// How long an entry holds.
  private static let validity = 30 * TimeSpan.ticksPerDay

  func execute(_ action: ActionRecord, _ writer: ResponseWriter) throws -> ActionOutcome {
    guard let (kind, value) = Self.entry(action) else {
      return ActionOutcome(.failed, "\(action.kind.rawValue) names nothing to list")
    }
    let verdict = action.kind == .allowFile ? "allow" : "block"
    let known = try writer.incidents.rows(
      """
      SELECT number, action FROM allow_block_entries
      WHERE tenant = ? AND kind = ? AND value = ? AND removed IS NULL
      """,
      [action.tenant, kind, value]
    )
    if let row = known.first {
      let number: Int = row["number"]
      let other: String = row["action"]
      let status: ActionStatus = other == verdict ? .alreadyRemediated : .failed
      return ActionOutcome(status, "entry \(number) of the list says \(other) already")
    }
    let number = try writer.nextNumber("entry", of: action.tenant)
    let now = writer.incidents.now.ticks
    try writer.incidents.run(
      """
      INSERT INTO allow_block_entries (tenant, number, kind, action, value, note, created,
        created_by, expires)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        action.tenant, number, kind, verdict, value, "action \(action.reference)", now,
        action.requestedBy, now + Self.validity,
      ]
    )
    return ActionOutcome(.completed, "entry \(number) of the allow and block list")
  }

  private static func entry(_ action: ActionRecord) -> (kind: String, value: String)? {
    for (name, kind) in [
      ("sha256", "fileHash"), ("sha1", "fileHash"), ("url", "url"), ("sender", "sender"),
    ] {
      if let value = action.target[name] { return (kind, value.lowercased()) }
    }
    return nil
  }
}

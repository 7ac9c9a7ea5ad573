import Alerts
import DetectionRules
import GRDB
import Incidents

/// Lets the evidence of alerts follow what becomes of actions on the same things.
struct EvidenceStatus {
  private let incidents: IncidentWriter

  init(_ incidents: IncidentWriter) { self.incidents = incidents }

  /// Sets the remediation status of the evidence that an action is about, in its alert and all
  /// alerts of its incidents.
  func set(_ status: String, by action: ActionRecord) throws {
    let undone = try action.undoesID.flatMap { try incidents.action(id: $0) }
    guard (undone ?? action).kind.remediates else { return }
    for row in try evidence(near: action) {
      let kind = EntityKind(rawValue: row["kind"])
      let known = StoredJSON.members(row["identifiers"])
      guard Self.isAbout(action.target, kind, known) else { continue }
      try incidents.run(
        "UPDATE alert_entities SET remediation = ? WHERE alert = ? AND position = ?",
        [status, row["alert"] as String, row["position"] as Int64]
      )
    }
  }

  private func evidence(near action: ActionRecord) throws -> [Row] {
    let places = try incidents.incidents(of: action)
    if !places.isEmpty {
      return try places.flatMap { incident in
        try incidents.rows(
          """
          SELECT alert, position, kind, identifiers FROM alert_entities
          WHERE alert IN (SELECT id FROM alerts WHERE incident = ?)
          """,
          [incident]
        )
      }
    }
    guard let alert = action.alert else { return [] }
    return try incidents.rows(
      "SELECT alert, position, kind, identifiers FROM alert_entities WHERE alert = ?",
      [alert]
    )
  }

  /// Whether evidence is what an action was done to.
  private static func isAbout(
    _ target: ActionTarget,
    _ kind: EntityKind?,
    _ known: [(String, String)]
  ) -> Bool {
    func has(_ identifier: String, _ names: String...) -> Bool {
      guard let value = target[identifier]?.lowercased() else { return false }
      return known.contains { names.contains($0.0) && $0.1.lowercased() == value }
    }
    switch kind {
    case .host:
      return target["sha1"] == nil && target["sha256"] == nil && has("deviceId", "DeviceId")
    case .file, .fileHash, .process:
      return has("sha1", "SHA1", "Value") || has("sha256", "SHA256", "Value")
    case .mailMessage:
      let isOther =
        known.contains { $0.0 == "Recipient" } && !has("recipientEmailAddress", "Recipient")
      return has("networkMessageId", "NetworkMessageId") && !isOther
    // What takes one user's consent away leaves the app that of others, and the user as they are.
    case .account where target["appId"] != nil: return false
    case .oAuthApplication where target["accountUpn"] != nil: return false
    case .oAuthApplication: return has("appId", "OAuthAppId")
    case .account: return has("accountSid", "Sid") || isAccount(target, known)
    case .url: return has("url", "Url")
    case .mailbox: return has("mailboxPrimaryAddress", "MailboxPrimaryAddress", "Upn")
    default: return false
    }
  }

  private static func isAccount(_ target: ActionTarget, _ known: [(String, String)]) -> Bool {
    let members = Dictionary(known) { first, _ in first }
    if let id = target["accountObjectId"]?.lowercased() {
      return members["AadUserId"]?.lowercased() == id || members["ObjectGuid"]?.lowercased() == id
    }
    guard let name = target["accountUpn"]?.lowercased() else { return false }
    if members["FullName"]?.lowercased() == name { return true }
    guard let first = members["Name"], let suffix = members["UPNSuffix"] else { return false }
    return (first + "@" + suffix).lowercased() == name
  }
}

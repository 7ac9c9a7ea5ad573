import Alerts
import DetectionRules
import GRDB
import Incidents

extension InvestigationWriter {
  /// The most things that become evidence of an alert.
  static let mostFound = 500

  /// Lets the threats that only a step found be evidence of the alert, and so of its incident.
  func addEvidence(of investigation: Investigation) throws {
    guard let key = investigation.alert, let alert = try incidents.alert(key: key) else { return }
    let known = try incidents.evidence(ofAlert: key)
    let threats = try entities(of: investigation.id).filter { entity in
      entity.verdict.isThreat && entity.origin != "alert"
        && !known.contains { AlertEntities.isAbout($0, entity) }
    }
    let new = threats.compactMap { FoundEvidence($0) }
    if new.isEmpty { return }
    let position = try incidents.nextPosition(ofEvidenceOf: key)
    for (offset, item) in new.prefix(Self.mostFound).enumerated() {
      try insert(item, of: key, at: position + offset)
    }
    guard let incident = alert.incident else { return }
    try incidents.count(incident)
    let cut = new.count > Self.mostFound ? "; the first \(Self.mostFound) are evidence" : ""
    try incidents.note(
      "evidence found",
      on: incident,
      alert.tenant,
      by: .investigation,
      alert: alert.id,
      comment: "\(investigation.reference): \(new.count) threats\(cut)"
    )
  }

  private func insert(_ item: FoundEvidence, of alert: String, at position: Int) throws {
    let entity = item.entity
    try incidents.run(
      """
      INSERT INTO alert_entities (alert, position, kind, is_impacted, is_strong, identifiers, role,
        verdict, remediation)
      VALUES (?, ?, ?, ?, ?, ?, 'found', ?, ?)
      """,
      [
        alert, position, entity.kind.rawValue, entity.isImpactedAsset, entity.isStrong,
        StoredJSON.mapping(entity), item.verdict.rawValue, item.remediation,
      ]
    )
  }
}

/// Something that a step found, as alerts name it.
struct FoundEvidence {
  let entity: Entity
  let verdict: EntityVerdict
  let remediation: String

  /// nil for what alerts have no evidence of.
  init?(_ found: InvestigationEntity) {
    guard let (kind, names) = Self.names[found.kind] else { return nil }
    var identifiers = names.compactMap { name, own in found[own].map { (name, $0) } }
    if found.kind == .mail {
      identifiers += [("Subject", "subject"), ("P2Sender", "sender")]
        .compactMap { name, fact in found.facts[fact].map { (name, $0) } }
    }
    let isImpacted = kind == .account || kind == .host
    guard let entity = Entity(kind, identifiers, isImpactedAsset: isImpacted) else { return nil }
    self.entity = entity
    verdict = found.verdict
    remediation = found.remediation
  }

  private static let names: [InvestigationEntity.Kind: (EntityKind, [(String, String)])] = [
    .mail: (
      .mailMessage,
      [("NetworkMessageId", "networkMessageId"), ("Recipient", "recipientEmailAddress")]
    ),
    .user: (.account, [("FullName", "accountUpn")]),
    .device: (.host, [("DeviceId", "deviceId")]),
    .file: (.file, [("SHA1", "sha1"), ("SHA256", "sha256")]),
    .url: (.url, [("Url", "url")]),
    .ip: (.ip, [("Address", "address")]),
    .app: (.oAuthApplication, [("OAuthAppId", "appId")]),
  ]
}

public import Alerts
import DetectionRules
import OperationalStore

/// Something an alert tells of: what it is, what tells it, and what became of it.
public struct Evidence: Sendable, Hashable {
  /// A kind of ``EntityKind``, else the name of the type in Graph, such as `blobEvidence`.
  public let kind: String
  public let identifiers: [Entity.Identifier]
  public let isImpacted: Bool
  public let isStrong: Bool
  public let role: String
  public let verdict: String
  public let remediation: String

  init(
    kind: String,
    identifiers: [Entity.Identifier],
    isImpacted: Bool,
    isStrong: Bool,
    role: String,
    verdict: String,
    remediation: String
  ) {
    self.kind = kind
    self.identifiers = identifiers
    self.isImpacted = isImpacted
    self.isStrong = isStrong
    self.role = role
    self.verdict = verdict
    self.remediation = remediation
  }

  /// What is said of an entity.
  init(
    _ entity: Entity,
    role: String = "",
    verdict: String = "unknown",
    remediation: String = "none"
  ) {
    self.init(
      kind: entity.kind.rawValue,
      identifiers: entity.identifiers,
      isImpacted: entity.isImpactedAsset,
      isStrong: entity.isStrong,
      role: role,
      verdict: verdict,
      remediation: remediation
    )
  }

  /// What is said of something that is none of our kinds.
  init(
    other kind: String,
    _ identifiers: [Entity.Identifier],
    role: String = "",
    verdict: String = "unknown",
    remediation: String = "none"
  ) {
    self.init(
      kind: kind,
      identifiers: identifiers,
      isImpacted: false,
      isStrong: false,
      role: role,
      verdict: verdict,
      remediation: remediation
    )
  }

  init(_ row: StatementRow) {
    kind = row["kind"]
    identifiers = StoredJSON.members(row["identifiers"])
      .map { Entity.Identifier(name: $0.0, value: $0.1) }
    isImpacted = row["is_impacted"]
    isStrong = row["is_strong"]
    role = row["role"]
    verdict = row["verdict"]
    remediation = row["remediation"]
  }

  /// What tells it from other evidence, whatever became of it.
  struct Identity: Hashable {
    let kind: String
    let identifiers: [Entity.Identifier]
  }

  var identity: Identity { Identity(kind: kind, identifiers: identifiers) }

  /// What two alerts say of one thing: the worse verdict, and what became of it last.
  func joined(with later: Evidence) -> Evidence {
    let isWorse = EntityVerdict(reading: later.verdict) > EntityVerdict(reading: verdict)
    return Evidence(
      kind: kind,
      identifiers: identifiers,
      isImpacted: isImpacted || later.isImpacted,
      isStrong: isStrong,
      role: role.isEmpty ? later.role : role,
      verdict: isWorse ? later.verdict : verdict,
      remediation: later.remediation == "none" ? remediation : later.remediation
    )
  }

  /// What a device has as the name of its group, which tells it from no other.
  static let deviceGroup = "DeviceGroup"

  subscript(name: String) -> String? { identifiers.first { $0.name == name }?.value }
}

public import Alerts
import GRDB
public import Incidents

/// Something that an investigation looked at.
public struct InvestigationEntity: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case mail, user, device, file, url, ip, app, inboxRule
  }

  public let kind: Kind
  /// In Graph's names and in their order, so that they are those of an action on it.
  public let identifiers: [Entity.Identifier]
  public internal(set) var verdict: EntityVerdict
  /// What became of it, in Graph's words for the status of evidence.
  public internal(set) var remediation: String
  /// `alert`, or the name of the step that found it.
  public let origin: String
  /// What steps learned of it, such as a mail's sender and place.
  public internal(set) var facts: [String: String]

  init(
    _ kind: Kind,
    _ identifiers: [(String, String)],
    verdict: EntityVerdict,
    origin: String,
    facts: [String: String] = [:]
  ) {
    self.kind = kind
    self.identifiers = identifiers.sorted { $0.0 < $1.0 }
      .map { Entity.Identifier(name: $0.0, value: $0.1) }
    self.verdict = verdict
    self.origin = origin
    self.facts = facts
    remediation = "none"
  }

  init?(_ row: Row) {
    guard let kind = Kind(rawValue: row["kind"]) else { return nil }
    self.kind = kind
    identifiers = StoredJSON.members(row["identifiers"])
      .map { Entity.Identifier(name: $0.0, value: $0.1) }
    verdict = EntityVerdict(reading: row["verdict"])
    remediation = row["remediation"]
    origin = row["origin"]
    facts = Dictionary(StoredJSON.members(row["facts"]), uniquingKeysWith: { first, _ in first })
  }

  public subscript(name: String) -> String? { identifiers.first { $0.name == name }?.value }

  /// Where a mail is now.
  public var location: MailLocation { MailLocation(reading: facts["location"] ?? "") }

  /// As the database tells it from others of its kind, and as the target of an action is written.
  var key: String { StoredJSON.mapping(identifiers) }

  var factsText: String {
    StoredJSON.mapping(facts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  /// Takes over what another step found of the same thing: the worse verdict, and what is new.
  mutating func merge(_ other: InvestigationEntity) {
    verdict = max(verdict, other.verdict)
    for (name, value) in other.facts where !value.isEmpty {
      if Self.keepsFirst.contains(name), facts[name]?.isEmpty == false { continue }
      facts[name] = value
    }
  }

  /// What the first step that found it says.
  private static let keepsFirst: Set<String> = ["similarBy", "similarTo", "isSeed"]
}

public import DetectionRules

/// What an alert must be for a tuning rule to apply.
public indirect enum TuningCondition: Sendable, Equatable {
  case all([TuningCondition])
  case any([TuningCondition])
  case not(TuningCondition)
  /// Some value of a field is meant by a pattern.
  case field(TuningField, WildcardPattern)

  /// Whether it holds for an alert.
  public func holds(_ alert: TunedAlert) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.holds(alert) }
    case .any(let parts): parts.contains { $0.holds(alert) }
    case .not(let part): !part.holds(alert)
    case .field(let field, let pattern): alert.values(of: field).contains { pattern.matches($0) }
    }
  }
}

/// A field that a condition names.
public enum TuningField: Sendable, Equatable {
  case title, description, severity, category, technique, rule
  /// The value of a label of the side pane.
  case detail(String)
  /// An identifier of entities of a kind; nil for any of it.
  case entity(EntityKind, identifier: String?)
  /// Any identifier of any entity.
  case anyEntity

  /// Reads a name such as `title`, `host.FullName`, `account.*`, `entity` or `detail.User`.
  init?(_ name: String) {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    switch parts.first?.lowercased() {
    case "title" where parts.count == 1: self = .title
    case "description" where parts.count == 1: self = .description
    case "severity" where parts.count == 1: self = .severity
    case "category" where parts.count == 1: self = .category
    case "technique" where parts.count == 1: self = .technique
    case "rule" where parts.count == 1: self = .rule
    case "entity" where parts.count == 1: self = .anyEntity
    case "detail" where parts.count == 2: self = .detail(parts[1])
    case .some(let word) where parts.count == 2:
      guard let kind = EntityKind(reading: word) else { return nil }
      if parts[1] == "*" {
        self = .entity(kind, identifier: nil)
        return
      }
      let known = kind.identifiers.first { $0.lowercased() == parts[1].lowercased() }
      guard let known else { return nil }
      self = .entity(kind, identifier: known)
    default: return nil
    }
  }
}

/// What tuning looks at of an alert.
public struct TunedAlert: Sendable {
  /// The name of its rule; empty for an alert of another product.
  private let rule: String
  private let title: String
  private let description: String
  private let severity: Severity
  private let category: String
  private let techniques: [String]
  private let entities: [Entity]
  /// Labels and values of the side pane.
  private let details: [(label: String, value: String)]

  package init(
    rule: String,
    title: String,
    description: String,
    severity: Severity,
    category: String,
    techniques: [String],
    entities: [Entity],
    details: [(label: String, value: String)]
  ) {
    self.rule = rule
    self.title = title
    self.description = description
    self.severity = severity
    self.category = category
    self.techniques = techniques
    self.entities = entities
    self.details = details
  }

  func values(of field: TuningField) -> [String] {
    switch field {
    case .title: [title]
    case .description: [description]
    case .severity: [severity.rawValue]
    case .category: [category]
    case .technique: techniques
    case .rule: [rule]
    case .detail(let label): details.filter { $0.label == label }.map { $0.value }
    case .anyEntity: entities.flatMap(\.identifiers).map(\.value)
    case .entity(let kind, let identifier):
      entities.filter { $0.kind == kind }.flatMap(\.identifiers)
        .filter { identifier == nil || $0.name == identifier }.map(\.value)
    }
  }
}

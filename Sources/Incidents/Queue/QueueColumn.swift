/// What lists of incidents are filtered and ordered by, in the order in which the parts of blocks
/// keep it; a further one comes last.
enum QueueColumn: Int, CaseIterable {
  case status, severity, priority, alerts, devices, users, mailboxes, services, actions, number
  case created, updated, firstActivity, lastActivity
  case tenant, name, assignee, classification, determination
  case tag, category, service, detection, product, threat, rule, alertSeverity, investigation
  case technique, policy, osPlatform, deviceGroup

  /// What its cells are.
  enum Content {
    case number
    /// The number of a word, 0 for none.
    case word
    /// The number of a set of words, 0 for an empty one.
    case set
  }

  var content: Content {
    switch self {
    case .tenant, .name, .assignee, .classification, .determination: .word
    case .tag, .category, .service, .detection, .product, .threat, .rule, .alertSeverity,
      .investigation, .technique, .policy, .osPlatform, .deviceGroup:
      .set
    default: .number
    }
  }

  /// The kind of facet of which it holds the set.
  var facet: String? {
    switch self {
    case .category, .product, .threat, .rule, .alertSeverity, .investigation, .technique, .policy,
      .osPlatform, .deviceGroup:
      "\(self)"
    case .service: "serviceSource"
    case .detection: "detectionSource"
    default: nil
    }
  }

  /// Which part of a block has its cells.
  var part: QueuePart {
    switch self {
    case .status, .tenant: .presence
    case .severity, .priority, .alerts, .devices, .users, .mailboxes, .services, .actions, .number:
      .figures
    case .name, .assignee, .classification, .determination: .names
    case .created: .created
    case .updated: .updated
    case .firstActivity: .firstActivity
    case .lastActivity: .lastActivity
    case .tag, .category, .service, .detection, .product, .threat, .rule, .alertSeverity,
      .investigation, .technique, .policy, .osPlatform, .deviceGroup:
      .sets
    }
  }

  /// Its place among the columns of its part.
  var index: Int { Self.indices[rawValue] }

  private static let indices = allCases.map { $0.part.columns.firstIndex(of: $0) ?? 0 }

  /// What its words are kept under.
  var kind: String { "\(self)" }

  /// The column that a key of filters asks for; nil for entities, which have none.
  init?(of key: IncidentFilter.Key) {
    switch key {
    case .entity: return nil
    case .activity: self = .lastActivity
    case .first: self = .firstActivity
    case .os: self = .osPlatform
    case .categories: self = .category
    case .detections: self = .detection
    case .techniques: self = .technique
    case .products: self = .product
    case .rules: self = .rule
    case .tags: self = .tag
    default:
      guard let column = Self.allCases.first(where: { $0.kind == "\(key)" }) else { return nil }
      self = column
    }
  }

  static let facets: [String: QueueColumn] = Dictionary(
    uniqueKeysWithValues: allCases.compactMap { column in column.facet.map { ($0, column) } }
  )
}

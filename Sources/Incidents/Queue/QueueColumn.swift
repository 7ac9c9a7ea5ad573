/// What lists of incidents are filtered and ordered by, in the order in which blocks keep it; a
/// further one comes last.
enum QueueColumn: Int, CaseIterable {
  case status, severity, priority, alerts, devices, users, mailboxes, services, actions, number
  case created, updated, firstActivity, lastActivity
  case tenant, name, assignee, classification, determination
  case tag, category, service, detection, product, threat, rule, alertSeverity, investigation
  case technique

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
      .investigation, .technique:
      .set
    default: .number
    }
  }

  /// The kind of facet of which it holds the set.
  var facet: String? {
    switch self {
    case .category, .product, .threat, .rule, .alertSeverity, .investigation, .technique:
      "\(self)"
    case .service: "serviceSource"
    case .detection: "detectionSource"
    default: nil
    }
  }

  /// What its words are kept under.
  var kind: String { "\(self)" }

  static let facets: [String: QueueColumn] = Dictionary(
    uniqueKeysWithValues: allCases.compactMap { column in column.facet.map { ($0, column) } }
  )
}

import DetectionRules
import OperationalStore

/// The words that a key of filters knows: Graph's, and by what else people know the same.
struct FilterVocabulary {
  /// Graph's words, in the order in which they are told.
  let words: [String]
  private let groups: [String: [String]]

  /// - Parameter further: what else Graph's words are called.
  init(_ words: [String], further: [String: [String]] = [:]) {
    self.words = words
    var groups: [String: [String]] = [:]
    for word in words {
      let alike = ([word] + (further[word] ?? [])).map(ProductWord.letters)
      for letters in alike { groups[letters] = alike }
    }
    self.groups = groups
  }

  /// The letters of all words for what a word says; nil where it is none of them.
  func alike(_ word: String) -> [String]? { groups[ProductWord.letters(of: word)] }
}

extension FilterVocabulary {
  static let categories = FilterVocabulary(Tactic.allCases.map(\.rawValue))

  static let services = FilterVocabulary(
    ["unknown"] + ServiceSource.allCases.map(\.rawValue),
    further: Dictionary(
      uniqueKeysWithValues: ServiceSource.allCases.map {
        ($0.rawValue, [$0.title] + $0.formerTitles)
      }
    )
  )

  /// Those of Graph and those of our own alerts.
  static let detections = FilterVocabulary(
    ["unknown"] + DetectionSource.allCases.map(\.rawValue),
    further: Dictionary(
      uniqueKeysWithValues: DetectionSource.allCases.map { ($0.rawValue, $0.furtherWords) }
    )
  )

  /// States of investigations; those of the list of Defender for Office 365 beside Graph's.
  static let investigations = FilterVocabulary(
    [
      "unknown", "terminated", "successfullyRemediated", "benign", "failed",
      "partiallyRemediated", "running", "pendingApproval", "pendingResource", "queued",
      "innerFailure", "preexistingAlert", "unsupportedOs", "unsupportedAlertType",
      "suppressedAlert", "partiallyInvestigated", "terminatedByUser", "terminatedBySystem",
    ],
    further: [
      "successfullyRemediated": ["remediated"], "benign": ["noThreatsFound"],
      "running": ["starting"], "pendingApproval": ["pendingAction"],
      "queued": ["queuedByThrottling"], "partiallyInvestigated": ["threatsFound"],
      "terminatedBySystem": ["terminatedByThrottling"],
    ]
  )

  static let determinations = FilterVocabulary(
    Classification.allDeterminations,
    further: Classification.furtherWords
  )
}

extension IncidentFilter.Key {
  /// The words that it knows, where these are all there are.
  var vocabulary: FilterVocabulary? {
    switch self {
    case .category: .categories
    case .service: .services
    case .detection: .detections
    case .investigation: .investigations
    case .determination: .determinations
    default: nil
    }
  }
}

extension IncidentFilter {
  /// Says that a word is one that no incident has, for which a list would be empty, or full where
  /// it is turned around.
  ///
  /// - Parameter isThere: whether an incident has a word, in small letters, in a column; alerts of
  ///   other products may bring some that are not known.
  func unknownWord(
    _ isThere: (QueueColumn, String) throws -> Bool
  ) rethrows -> IncidentFailure? {
    for term in terms where term.comparison != .contains {
      guard let vocabulary = term.key.vocabulary else { continue }
      for value in term.values where vocabulary.alike(value) == nil {
        if let column = QueueColumn(of: term.key), column.facet != nil,
          try isThere(column, value.lowercased())
        {
          continue
        }
        return IncidentFailure(
          "'\(term.key.rawValue)' has no '\(value)'; it is one of "
            + vocabulary.words.joined(separator: ", ")
        )
      }
    }
    return nil
  }

  /// Refuses words that are not known, where there are no incidents yet.
  public func requireKnownWords() throws(IncidentFailure) {
    if let failure = unknownWord({ _, _ in false }) { throw failure }
  }
}

extension IncidentStore {
  /// Refuses words that are not known and that no incident of tenants has.
  func check(_ filter: IncidentFilter, of tenants: [String]) throws {
    if filter.unknownWord({ _, _ in false }) == nil { return }
    let failure = try database.read { database in
      let reader = IncidentReader(database: database)
      return try filter.unknownWord { try reader.has($1, in: $0, of: tenants) }
    }
    if let failure { throw failure }
  }
}

/// What an alert or incident turned out to be: a classification and the determination that goes
/// with it.
public struct Classification: Sendable, Hashable, CustomStringConvertible {
  /// `unknown`, `truePositive`, `informationalExpectedActivity` or `falsePositive`.
  public let classification: String
  public let determination: String

  /// "Not set".
  public static let unknown = Classification(valid: "unknown", "unknown")

  /// The determinations that each classification may have, in Graph's words.
  public static let determinations: [(String, [String])] = [
    ("unknown", ["unknown"]),
    (
      "truePositive",
      [
        "multiStagedAttack", "maliciousUserActivity", "compromisedAccount", "malware", "phishing",
        "unwantedSoftware", "other",
      ]
    ),
    (
      "informationalExpectedActivity",
      ["securityTesting", "lineOfBusinessApplication", "confirmedActivity", "other"]
    ),
    ("falsePositive", ["notMalicious", "notEnoughDataToValidate", "other"]),
  ]

  /// Older spellings of determinations, and the product's names for them.
  static let furtherWords = [
    "unknown": ["notSet"], "multiStagedAttack": ["multistageAttack"],
    "compromisedAccount": ["compromisedUser"], "securityTesting": ["securityTest"],
    "confirmedActivity": ["confirmedUserActivity"], "notMalicious": ["clean"],
    "notEnoughDataToValidate": ["insufficientData"],
  ]

  /// Each once.
  static let allDeterminations = determinations.flatMap(\.1).reduce(into: [String]()) {
    if !$0.contains($1) { $0.append($1) }
  }

  /// All that there are, in Graph's words, as databases have them.
  private static let legal = Set(
    determinations.flatMap { name, legal in legal.map { Classification(valid: name, $0) } }
  )

  private static let words = FilterVocabulary(
    determinations.map(\.0),
    further: ["unknown": ["notSet"]]
  )

  private init(valid classification: String, _ determination: String) {
    self.classification = classification
    self.determination = determination
  }

  /// Pairs a classification with a determination, both in Graph's words or as the product shows
  /// them, in any letter case.
  ///
  /// Without a determination a true or false positive is `other`.
  public init(_ classification: String, _ determination: String?) throws(IncidentFailure) {
    if let pair = determination.map({ Classification(valid: classification, $0) }),
      Self.legal.contains(pair)
    {
      self = pair
      return
    }
    let pairs = Self.determinations
    let alike = Self.words.alike(classification) ?? []
    guard
      let (name, legal) = pairs.first(where: { alike.contains(ProductWord.letters(of: $0.0)) })
    else {
      throw IncidentFailure(
        "'\(classification)' is no classification; they are "
          + pairs.map(\.0).joined(separator: ", ")
      )
    }
    guard let text = determination else {
      self.init(valid: name, name == "unknown" ? "unknown" : "other")
      return
    }
    let sought = FilterVocabulary.determinations.alike(text) ?? []
    guard let found = legal.first(where: { sought.contains(ProductWord.letters(of: $0)) }) else {
      throw IncidentFailure(
        "\(name) does not go with '\(text)'; its determinations are "
          + legal.joined(separator: ", ")
      )
    }
    self.init(valid: name, found)
  }

  /// Reads `truePositive/phishing` or `falsePositive`.
  public init(reading text: String) throws(IncidentFailure) {
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    try self.init(parts.first ?? "", parts.count > 1 ? parts[1] : nil)
  }

  public var description: String {
    classification == "unknown" ? "unknown" : classification + "/" + determination
  }
}

/// Why a change of incidents or alerts is refused, with what to do.
public struct IncidentFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }

  /// An id of which a part would be lost, so that two things could become one.
  static func idWithNUL(_ what: String, _ id: String) -> IncidentFailure {
    IncidentFailure("\(what), '\(id)', has U+0000, which no id may have; give it another id")
  }
}

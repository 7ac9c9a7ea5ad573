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

  /// Older spellings of determinations.
  private static let aliases = [
    "compromiseduser": "compromisedAccount", "clean": "notMalicious",
    "insufficientdata": "notEnoughDataToValidate", "confirmeduseractivity": "confirmedActivity",
  ]

  private init(valid classification: String, _ determination: String) {
    self.classification = classification
    self.determination = determination
  }

  /// Pairs a classification with a determination, both in any letter case.
  ///
  /// Without a determination a true or false positive is `other`.
  public init(_ classification: String, _ determination: String?) throws(IncidentFailure) {
    let pairs = Self.determinations
    guard
      let (name, legal) = pairs.first(where: { $0.0.lowercased() == classification.lowercased() })
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
    let sought = Self.aliases[text.lowercased()] ?? text
    guard let found = legal.first(where: { $0.lowercased() == sought.lowercased() }) else {
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
}

import Columnar
import DetectionRules
import GRDB

/// Which incidents of a queue are meant, as a text that stays the same:
/// `assignee=me status=active severity>=medium tag=phishing`.
///
/// Words are joined by "and"; values with commas between by "or". A value with blanks stands in
/// double quotes.
public struct IncidentFilter: Sendable, Equatable {
  /// One word of the text.
  struct Term: Sendable, Equatable {
    let key: Key
    let comparison: Comparison
    let values: [String]
  }

  enum Comparison: String, Sendable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case differs = "!="
    case equals = "="
    case above = ">"
    case below = "<"
    case contains = "~"
  }

  enum Key: String, Sendable, CaseIterable {
    case status, severity, assignee, tag, classification, determination, category, service
    case detection, entity, product, threat, investigation, technique, rule, name, priority
    case alerts, devices, users, mailboxes, actions, created, updated, activity, first
    case alertSeverity = "alert-severity"
    case os, policy
    case deviceGroup = "device-group"
    case services, categories, detections, techniques, products, rules, tags
  }

  let terms: [Term]

  /// All incidents that are not redirected.
  public static let all = IncidentFilter(terms: [])
  /// What is still to be done, as the product's queue shows it.
  public static let queue = IncidentFilter(
    terms: [
      Term(key: .status, comparison: .equals, values: ["active", "inProgress", "awaitingAction"]),
      Term(key: .severity, comparison: .atLeast, values: ["low"]),
    ]
  )

  init(terms: [Term]) { self.terms = terms }

  /// Reads a text.
  public init(reading text: String) throws(IncidentFailure) {
    var terms: [Term] = []
    for word in Self.words(text) { terms.append(try Self.term(word)) }
    self.init(terms: terms)
  }

  /// The text, always written in the same way.
  public var text: String {
    terms.map { term in
      term.key.rawValue + term.comparison.rawValue
        + term.values.map(Self.quoted).joined(separator: ",")
    }
    .joined(separator: " ")
  }

  private static func quoted(_ value: String) -> String {
    let isPlain = !value.isEmpty && !value.contains { " ,\"\n\t".contains($0) }
    return isPlain ? value : "\"" + value.replacing("\"", with: "\"\"") + "\""
  }

  /// Words at blanks outside of quotes.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for letter in text {
      if letter == "\"" { isQuoted.toggle() }
      if !isQuoted, letter == " " || letter == "\n" || letter == "\t" {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(letter)
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  private static func term(_ word: String) throws(IncidentFailure) -> Term {
    let name = word.prefix { $0.isLetter || $0 == "-" }
    guard let key = Key.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() })
    else {
      throw IncidentFailure(
        "'\(word)' is no condition; write KEY=VALUE with one of "
          + Key.allCases.map(\.rawValue).joined(separator: ", ")
      )
    }
    let rest = word.dropFirst(name.count)
    guard let comparison = Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else {
      throw IncidentFailure("'\(word)' needs one of = != >= <= > < ~ behind '\(name)'")
    }
    let values = Self.values(String(rest.dropFirst(comparison.rawValue.count)))
    let term = Term(key: key, comparison: comparison, values: values)
    _ = try IncidentCondition(term, me: "", now: DateTime(ticks: 0))
    return term
  }

  private static func values(_ text: String) -> [String] {
    var values: [String] = [""]
    var isQuoted = false
    var wasQuote = false
    for letter in text {
      if letter == "\"" {
        if !isQuoted, wasQuote { values[values.count - 1].append("\"") }
        isQuoted.toggle()
        wasQuote = !isQuoted
        continue
      }
      wasQuote = false
      if letter == ",", !isQuoted {
        values.append("")
      } else {
        values[values.count - 1].append(letter)
      }
    }
    return values
  }
}

import DetectionRules

/// Reads conditions such as `host.FullName = "lab-*" and (title = "PsExec*" or severity = low)`.
public struct TuningParser {
  private var tokens: [String]
  private var position = 0
  private var depth = 0

  /// - Throws: why a text is no condition.
  public static func read(_ text: String) throws(TuningFailure) -> TuningCondition {
    var parser = TuningParser(tokens: try tokenize(text))
    let condition = try parser.either()
    if let token = parser.peek { throw failure("'\(shown(token))' is not expected") }
    return condition
  }

  private init(tokens: [String]) { self.tokens = tokens }

  private var peek: String? { position < tokens.count ? tokens[position] : nil }

  private mutating func take(_ word: String) -> Bool {
    guard peek?.lowercased() == word else { return false }
    position += 1
    return true
  }

  private mutating func either() throws(TuningFailure) -> TuningCondition {
    var parts = [try both()]
    while take("or") { parts.append(try both()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func both() throws(TuningFailure) -> TuningCondition {
    var parts = [try term()]
    while take("and") { parts.append(try term()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func term() throws(TuningFailure) -> TuningCondition {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit { throw Self.failure("it is nested too deeply") }
    if take("not") { return .not(try term()) }
    if take("(") {
      let inner = try either()
      guard take(")") else { throw Self.failure("a ')' is missing") }
      return inner
    }
    guard let name = peek else { throw Self.failure("a field is expected at its end") }
    guard let field = TuningField(name) else {
      throw Self.failure(
        "'\(Self.shown(name))' is no field; it is title, description, severity, category, "
          + "technique, rule, entity, detail.LABEL or KIND.IDENTIFIER such as host.FullName"
      )
    }
    position += 1
    let isNegated = peek == "!="
    guard take("=") || take("!=") else {
      throw Self.failure("'=' or '!=' is expected behind '\(Self.shown(name))'")
    }
    guard let value = peek, !["(", ")", "=", "!="].contains(value) else {
      throw Self.failure("a value is expected behind '\(Self.shown(name))'")
    }
    position += 1
    let pattern = WildcardPattern(Self.unquoted(value))
    return isNegated ? .not(.field(field, pattern)) : .field(field, pattern)
  }

  private static let depthLimit = 50

  /// Words, texts in quotes (with their first quote before them), and signs.
  private static func tokenize(_ text: String) throws(TuningFailure) -> [String] {
    var tokens: [String] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first == " " || first == "\t" || first == "\n" {
        rest.removeFirst()
      } else if first == "\"" || first == "'" {
        let inner = rest.dropFirst()
        guard let end = inner.firstIndex(of: first) else {
          throw failure("a text has no end; a \(first) is missing")
        }
        tokens.append("\"" + inner[..<end])
        rest = inner[inner.index(after: end)...]
      } else if rest.hasPrefix("!=") {
        tokens.append("!=")
        rest = rest.dropFirst(2)
      } else if "()=".contains(first) {
        tokens.append(String(first))
        rest.removeFirst()
      } else {
        let word = rest.prefix { !" \t\n()=!\"'".contains($0) }
        if word.isEmpty { throw failure("'\(shown(String(first)))' is not expected") }
        tokens.append(String(word))
        rest = rest.dropFirst(word.count)
      }
    }
    return tokens
  }

  private static func unquoted(_ token: String) -> String {
    token.hasPrefix("\"") ? String(token.dropFirst()) : token
  }

  private static func shown(_ token: String) -> String { String(unquoted(token).prefix(60)) }

  private static func failure(_ message: String) -> TuningFailure {
    TuningFailure("no condition: " + message)
  }
}

/// Why a text is no condition; it says what was expected.
public struct TuningFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Says why a regular expression is refused, where, and what to write instead.
public struct PatternError: Error, Sendable, Equatable {
  /// What is wrong, in lower case and without a full stop.
  public var message: String
  /// Where it is wrong: a byte offset in the pattern.
  public var offset: Int
  /// What to do about it.
  public var advice: String

  init(_ message: String, at offset: Int, advice: String) {
    self.message = message
    self.offset = offset
    self.advice = advice
  }

  static func unsupported(_ what: String, at offset: Int, advice: String) -> PatternError {
    PatternError("\(what) is not part of this dialect", at: offset, advice: advice)
  }

  static func lookAround(at offset: Int) -> PatternError {
    unsupported(
      "look-around",
      at: offset,
      advice: "match the surroundings too and take the part you need with a capture group"
    )
  }

  static func backReference(at offset: Int) -> PatternError {
    unsupported(
      "a back-reference",
      at: offset,
      advice: "extract the groups and compare them, or write an octal code with three digits"
    )
  }

  static func unknownEscape(_ text: String, at offset: Int) -> PatternError {
    PatternError(
      "unknown escape '\\\(text)'",
      at: offset,
      advice: "write '\\\\' for a backslash, or leave the backslash out"
    )
  }

  static func tooLarge(at offset: Int) -> PatternError {
    PatternError(
      "the pattern is too large",
      at: offset,
      advice: "shorten it, lower its repeat counts, or use has_any for lists of words"
    )
  }

  static func tooDeep(at offset: Int) -> PatternError {
    PatternError(
      "groups or classes are nested too deeply",
      at: offset,
      advice: "nest at most \(RegexParser.depthLimit) levels"
    )
  }
}

/// Says why the match of a value could not be decided. It never means "no match".
public enum MatchFailure: Error, Sendable, Equatable {
  /// One value took more steps than a value may take.
  case limit(pattern: String)
  /// The query's budget of steps for patterns is used up.
  case budget(pattern: String)
  /// The query was cancelled or ran out of time while a value was matched.
  case interrupted(pattern: String)
  /// The library reported something else; the number is its code.
  case library(pattern: String, code: Int)

  /// What happened, for a person.
  public var message: String {
    switch self {
    case .limit(let pattern):
      return "the pattern '\(pattern)' needs too many steps for a value"
    case .budget(let pattern):
      return "the pattern '\(pattern)' used up the steps that a query has for patterns"
    case .interrupted(let pattern):
      return "matching of the pattern '\(pattern)' was interrupted"
    case .library(let pattern, let code):
      return "the pattern '\(pattern)' could not be matched (code \(code))"
    }
  }
}

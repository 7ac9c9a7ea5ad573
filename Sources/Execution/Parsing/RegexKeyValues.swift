import Columnar
import PatternMatching

/// A pattern of `parse-kv`: its first group is a key, its second the value.
struct KeyValuePattern: Sendable {
  let pattern: Pattern
  let budget: MatchBudget

  init(_ text: ByteString, budget: QueryBudget) throws {
    do {
      pattern = try Pattern(text.bytes)
    } catch {
      throw QueryFailure(
        .evaluation,
        "the regex of parse-kv is not valid: \(error.message); \(error.advice)"
      )
    }
    guard pattern.captureCount == 2 else {
      throw QueryFailure(
        .evaluation,
        "the regex of parse-kv needs two capture groups, a key and a value, "
          + "and has \(pattern.captureCount)"
      )
    }
    self.budget = budget.makeMatchBudget()
  }
}

/// Finds pairs by a pattern.
final class RegexKeyValues: KeyValueFinder {
  private let matcher: Matcher

  init(_ pattern: KeyValuePattern) throws {
    matcher = try Matcher.make(pattern.pattern, budget: pattern.budget)
  }

  func find(
    in text: TextView,
    isWanted: (TextView) -> Bool,
    _ body: (TextView, TextView) -> Bool
  ) throws {
    var position = 0
    while position <= text.count, try matcher.finds(in: text, from: position) {
      let match = matcher.range
      if let key = matcher.group(1), let value = matcher.group(2) {
        let name = text.part(key.lowerBound, key.upperBound).trimmed
        let content = text.part(value.lowerBound, value.upperBound).trimmed
        if isWanted(name), !body(name, content) { return }
      }
      position = match.isEmpty ? nextCharacter(in: text, after: match.upperBound) : match.upperBound
    }
  }

  private func nextCharacter(in text: TextView, after offset: Int) -> Int {
    var next = offset + 1
    while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }
}

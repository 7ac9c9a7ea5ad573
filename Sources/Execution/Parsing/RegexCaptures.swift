import Columnar
import PatternMatching
import QueryPlan
import SourceText

/// A pattern of `parse kind=regex`: one expression in which each capture is a named group.
struct RegexCaptures: Sendable {
  let pattern: Pattern
  /// Group of each capture.
  let groups: [Int]
  let budget: MatchBudget

  init(_ parse: Parse, budget: QueryBudget) throws {
    let written = Self.write(parse)
    do {
      pattern = try Pattern(written.bytes)
    } catch {
      throw QueryFailure(
        .evaluation,
        "the pattern of parse is not a valid regular expression: \(error.message); "
          + error.advice,
        range: parse.span.range
      )
    }
    var groups: [Int] = []
    for number in 0..<written.captureCount {
      guard let group = pattern.group(named: Self.name(number)) else {
        unreachable("each capture has a group of its own name")
      }
      groups.append(group)
    }
    self.groups = groups
    self.budget = budget.makeMatchBudget()
  }

  private static func name(_ number: Int) -> String { "HarrierCapture\(number)" }

  /// The literals as they stand, `*` as any text and captures as groups of the shape of the type.
  private static func write(_ parse: Parse) -> (bytes: [UInt8], captureCount: Int) {
    var bytes = parse.flags.isEmpty ? [] : Array("(?\(parse.flags))".utf8)
    var captures = 0
    for segment in parse.segments {
      switch segment {
      case .skip: bytes += ".*?".utf8
      case .literal(let text): bytes += text.bytes
      case .capture(let column, _):
        bytes += "(?P<\(name(captures))>\(ValueShape.pattern(of: column.type)))".utf8
        captures += 1
      }
    }
    return (bytes, captures)
  }
}

/// Matches the expression of `parse kind=regex` anywhere in a text.
final class RegexCaptureMatcher: CaptureMatcher {
  private let groups: [Int]
  private let matcher: Matcher

  init(_ captures: RegexCaptures) throws {
    groups = captures.groups
    matcher = try Matcher.make(captures.pattern, budget: captures.budget)
  }

  var captureCount: Int { groups.count }

  func match(_ text: TextView, into views: UnsafeMutablePointer<UInt64>) throws -> Bool {
    guard try matcher.finds(in: text) else { return false }
    for (index, group) in groups.enumerated() {
      let range = matcher.group(group) ?? 0..<0
      views[index] = packedView(range.lowerBound, range.upperBound)
    }
    return true
  }
}

extension Matcher {
  /// Makes a matcher, or ends the query where memory is exhausted.
  static func make(_ pattern: Pattern, budget: MatchBudget) throws -> Matcher {
    if let matcher = Matcher(pattern, budget: budget) { return matcher }
    throw QueryFailure(.memory, "there is no memory left to match '\(pattern.text)'")
  }

  /// Finds the first match at or after an offset; ends the query where that takes too many steps.
  func finds(in text: TextView, from offset: Int = 0) throws -> Bool {
    do {
      return try firstMatch(in: text.buffer, from: offset)
    } catch {
      throw QueryFailure(.steps, error.message)
    }
  }
}

extension QueryBudget {
  /// A budget of steps for patterns that also ends with the query.
  func makeMatchBudget() -> MatchBudget {
    MatchBudget { [self] in
      do {
        try check()
        return false
      } catch {
        return true
      }
    }
  }
}

import Columnar
import PatternMatching

/// The regular expressions of one call site: a constant one is compiled once, others are kept
/// while there are few.
final class SitePatterns {
  private var matchers: [[UInt8]: Matcher] = [:]
  private static let capacity = 64

  /// The matcher of a pattern, made at its first use.
  func matcher(_ pattern: [UInt8], _ call: KernelCall) throws -> Matcher {
    if let known = matchers[pattern] { return known }
    if matchers.count >= Self.capacity { matchers.removeAll() }
    let made = try Self.makeMatcher(pattern, call)
    matchers[pattern] = made
    return made
  }

  private static func makeMatcher(_ bytes: [UInt8], _ call: KernelCall) throws -> Matcher {
    do {
      let pattern = try Pattern(bytes)
      guard let matcher = Matcher(pattern, budget: call.site.constants.matchBudget) else {
        throw QueryFailure(.memory, "there is no memory for a pattern", range: call.site.range)
      }
      return matcher
    } catch let error as PatternError {
      throw QueryFailure(
        .evaluation,
        "\(error.message) at byte \(error.offset) of the pattern; \(error.advice)",
        range: call.site.range
      )
    }
  }
}

extension KernelCall {
  /// The patterns of this call's site.
  var patterns: SitePatterns { site.prepare(SitePatterns.self) { SitePatterns() } }

  /// Reads the patterns of an argument, each compiled once. `wrap` is put around a pattern.
  func patternReader(
    _ index: Int,
    wrap: @escaping ([UInt8]) -> [UInt8] = { $0 }
  ) throws -> (Int) throws -> Matcher {
    let patterns = patterns
    if case .string(let constant) = arguments[index].constant {
      let matcher = try patterns.matcher(wrap(constant.bytes), self)
      return { _ in matcher }
    }
    let texts = TextReader(arguments[index])
    return { row in try patterns.matcher(wrap(texts[row].bytes), self) }
  }

  /// Runs a match and turns its failure into one of the query.
  func matching<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let failure as MatchFailure {
      let kind: QueryFailure.Kind =
        switch failure {
        case .limit, .budget: .steps
        case .interrupted: .cancelled
        case .library: .evaluation
        }
      throw QueryFailure(kind, failure.message, range: site.range)
    } catch let error as PatternError {
      throw QueryFailure(.evaluation, "\(error.message); \(error.advice)", range: site.range)
    }
  }
}

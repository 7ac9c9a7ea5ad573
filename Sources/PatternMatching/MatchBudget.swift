import Synchronization

/// Bounds the work that all patterns of a query may do together.
///
/// A step is roughly one try of the matching library at one place. Cheap values are charged for
/// their length, hard ones for every step that they were allowed.
public final class MatchBudget: Sendable {
  /// Enough for hundreds of gigabytes of plain text, or two million values at their limit.
  public static let defaultSteps = 200_000_000_000

  private let remaining: Atomic<Int>
  private let isInterrupted: @Sendable () -> Bool

  /// Makes a budget; `isInterrupted` is asked now and then, also within a long value, and stops
  /// the match when it answers true (cancelled, or out of time).
  public init(
    steps: Int = MatchBudget.defaultSteps,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    remaining = Atomic(steps)
    self.isInterrupted = isInterrupted
  }

  /// The steps that are left; below zero when the budget is overdrawn.
  public var remainingSteps: Int { remaining.load(ordering: .relaxed) }

  func spend(_ steps: Int, on pattern: Pattern) throws(MatchFailure) {
    let left = remaining.subtract(steps, ordering: .relaxed).newValue
    if left < 0 { throw .budget(pattern: pattern.text) }
    if isInterrupted() { throw .interrupted(pattern: pattern.text) }
  }
}

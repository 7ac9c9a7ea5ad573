/// Many needles, prepared to be looked for at once.
///
/// Few needles are looked for one after the other. Many needles of `has` are found by cutting the
/// text into terms and looking terms up by hash, so that a thousand cost little more than ten;
/// many whole values (`in`, `in~`) are looked up by the hash of the value.
public struct NeedleSet: Sendable {
  private enum Strategy: Sendable {
    case each
    case terms(TermIndex)
    case values(ValueIndex)
  }

  /// The needles in the order given.
  public let needles: [Needle]
  private let strategy: Strategy

  /// How many needles are still looked for one by one.
  private static let fewNeedles = 3

  /// Takes needles as they are, each with its own mode, to be looked for one by one.
  init(_ needles: [Needle]) {
    self.needles = needles
    strategy = .each
  }

  public init(_ texts: [[UInt8]], mode: TextMatchMode, ignoresCase: Bool) {
    needles = texts.map { Needle($0, mode: mode, ignoresCase: ignoresCase) }
    if needles.count <= Self.fewNeedles {
      strategy = .each
    } else if mode == .equals {
      strategy = .values(ValueIndex(needles))
    } else if mode == .hasTerm {
      strategy = .terms(TermIndex(needles))
    } else {
      strategy = .each
    }
  }

  /// True where any needle matches the value; false for an empty set.
  public func matchesAny(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch strategy {
    case .each: return needles.contains { $0.matches(text) }
    case .terms(let index): return index.matchesAny(text, needles)
    case .values(let index): return index.contains(text, needles)
    }
  }

  /// True where every needle matches the value; true for an empty set.
  public func matchesAll(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    needles.allSatisfy { $0.matches(text) }
  }

  /// Decides each value of a column: 1 where any needle matches, else 0.
  public func searchAny(_ column: TextColumn, into results: UnsafeMutablePointer<UInt8>) {
    let count = column.views.count
    switch strategy {
    case .each where needles.count == 1:
      TextSearch.search(column, for: needles[0], into: results)
    case .each:
      results.update(repeating: 0, count: count)
      combine(column, into: results) { $0 | $1 }
    case .terms(let index):
      index.searchAny(column, needles, into: results)
    case .values(let index):
      for row in 0..<count { results[row] = index.contains(column.bytes(row), needles) ? 1 : 0 }
    }
  }

  /// Decides each value of a column: 1 where all needles match, else 0.
  public func searchAll(_ column: TextColumn, into results: UnsafeMutablePointer<UInt8>) {
    results.update(repeating: 1, count: column.views.count)
    combine(column, into: results) { $0 & $1 }
  }

  @inline(__always)
  private func combine(
    _ column: TextColumn,
    into results: UnsafeMutablePointer<UInt8>,
    _ operation: (UInt8, UInt8) -> UInt8
  ) {
    let count = column.views.count
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(count, 1)) { one in
      guard let own = one.baseAddress else { return }
      for needle in needles {
        TextSearch.search(column, for: needle, into: own)
        for row in 0..<count { results[row] = operation(results[row], own[row]) }
      }
    }
  }
}

/// A set of code points as sorted ranges that neither overlap nor touch; no surrogates in it.
struct ScalarSet: Sendable, Equatable {
  struct Range: Sendable, Equatable {
    var lower: UInt32
    var upper: UInt32
  }

  private(set) var ranges: [Range]

  static let empty = ScalarSet(ranges: [])
  static let all = ScalarSet(ranges: [
    Range(lower: 0, upper: 0xD7FF), Range(lower: 0xE000, upper: 0x10_FFFF),
  ])

  init(ranges: [Range]) { self.ranges = ranges }

  init(_ lower: UInt32, _ upper: UInt32) {
    self.init(unsorted: [Range(lower: lower, upper: upper)])
  }

  /// Sorts and joins ranges and cuts surrogates out.
  init(unsorted: [Range]) {
    ranges = []
    var parts: [Range] = []
    for range in unsorted where range.lower <= range.upper {
      if range.upper < 0xD800 || range.lower > 0xDFFF {
        parts.append(range)
        continue
      }
      if range.lower < 0xD800 { parts.append(Range(lower: range.lower, upper: 0xD7FF)) }
      if range.upper > 0xDFFF { parts.append(Range(lower: 0xE000, upper: range.upper)) }
    }
    parts.sort { $0.lower < $1.lower }
    for part in parts {
      if let last = ranges.last, part.lower <= last.upper &+ 1 {
        ranges[ranges.count - 1].upper = max(last.upper, part.upper)
      } else {
        ranges.append(part)
      }
    }
  }

  var isEmpty: Bool { ranges.isEmpty }
  var isASCII: Bool { (ranges.last?.upper ?? 0) < 0x80 }

  /// The only code point, if there is one only.
  var single: UInt32? {
    guard let first = ranges.first, ranges.count == 1, first.lower == first.upper else {
      return nil
    }
    return first.lower
  }

  func contains(_ value: UInt32) -> Bool {
    ranges.contains { $0.lower <= value && value <= $0.upper }
  }

  func union(_ other: ScalarSet) -> ScalarSet {
    ScalarSet(unsorted: ranges + other.ranges)
  }

  func complement() -> ScalarSet {
    var parts: [Range] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lower > next { parts.append(Range(lower: next, upper: range.lower &- 1)) }
      next = range.upper &+ 1
    }
    if next <= 0x10_FFFF { parts.append(Range(lower: next, upper: 0x10_FFFF)) }
    return ScalarSet(unsorted: parts)
  }

  func intersection(_ other: ScalarSet) -> ScalarSet {
    var parts: [Range] = []
    var left = 0
    var right = 0
    while left < ranges.count, right < other.ranges.count {
      let lower = max(ranges[left].lower, other.ranges[right].lower)
      let upper = min(ranges[left].upper, other.ranges[right].upper)
      if lower <= upper { parts.append(Range(lower: lower, upper: upper)) }
      if ranges[left].upper < other.ranges[right].upper { left += 1 } else { right += 1 }
    }
    return ScalarSet(unsorted: parts)
  }

  func subtracting(_ other: ScalarSet) -> ScalarSet { intersection(other.complement()) }

  func symmetricDifference(_ other: ScalarSet) -> ScalarSet {
    union(other).subtracting(intersection(other))
  }
}

import CSIMD

/// A text to look for, prepared once so that the work for each value is small.
///
/// Case is ignored by the rule of `CaseMapping.fold`. A term boundary is needed only at an edge
/// of the needle that is itself a letter or digit: `"a_b" has "a"` is true, and so is
/// `"x ab" hasprefix " a"`. An empty needle lies in every value.
public struct Needle: Sendable {
  /// How the bytes of a value are compared.
  enum Comparison: Sendable {
    /// Byte by byte: case matters.
    case exact
    /// ASCII letters lowered: an ASCII needle matches only ASCII.
    case lowered
    /// Code point by code point through `CaseMapping.fold`.
    case folded
  }

  /// The needle as it was given.
  public let bytes: [UInt8]
  public let mode: TextMatchMode
  public let ignoresCase: Bool

  let comparison: Comparison
  /// What values are compared with: the bytes, lowered where `comparison` is `lowered`.
  let compared: [UInt8]
  /// The folded code points where `comparison` is `folded`, else empty.
  let folded: [UInt32]
  let filter: NeedleFilter
  let needsTermStart: Bool
  let needsTermEnd: Bool

  public init(_ bytes: [UInt8], mode: TextMatchMode, ignoresCase: Bool) {
    self.bytes = bytes
    self.mode = mode
    self.ignoresCase = ignoresCase
    let (isASCII, startsInTerm, endsInTerm, scalars) = bytes.withUnsafeBufferPointer { text in
      (
        UTF8Text.isASCII(text), TermCharacter.follows(0, in: text),
        TermCharacter.precedes(text.count, in: text), Self.scalars(of: text)
      )
    }
    needsTermStart = mode.needsTermStart && startsInTerm
    needsTermEnd = mode.needsTermEnd && endsInTerm
    if !ignoresCase {
      comparison = .exact
      compared = bytes
      folded = []
      filter = NeedleFilter(exact: bytes)
    } else if isASCII {
      comparison = .lowered
      compared = bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
      folded = []
      filter = NeedleFilter(lowered: compared[...])
    } else {
      comparison = .folded
      compared = bytes
      folded = scalars.map(CaseMapping.fold)
      filter = NeedleFilter(folding: scalars)
    }
  }

  /// Decides one value. Reads nothing outside it.
  public func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if bytes.isEmpty { return mode != .equals || text.isEmpty }
    switch mode {
    case .equals: return matchEnd(at: 0, in: text) == text.count
    case .startsWith: return matchEnd(at: 0, in: text) >= 0
    case .endsWith: return matchesEnd(of: text)
    case .contains, .hasTerm, .hasPrefix, .hasSuffix: return firstRange(in: text) != nil
    }
  }

  /// Finds the first place at or after `from` where the needle lies with the boundaries of its
  /// mode. The mode must be one that scans, else the answer is as for `contains`.
  ///
  /// An empty needle is found at `from`.
  public func firstRange(
    in text: UnsafeBufferPointer<UInt8>,
    from: Int = 0
  ) -> Range<Int>? {
    guard let base = text.baseAddress, from <= text.count else {
      return bytes.isEmpty && from == 0 ? 0..<0 : nil
    }
    if bytes.isEmpty { return from..<from }
    let places = text.count &- filter.minimumLength &+ 1
    var at = from
    while at < places {
      if !filter.passesEverywhere {
        at &+= csimd_find_pair(base + (at &+ filter.offset), places &- at, filter.pair)
        guard at < places else { return nil }
      }
      let end = matchEnd(at: at, in: text)
      if end >= 0, hasBoundaries(at, end, in: text) { return at..<end }
      at &+= 1
    }
    return nil
  }

  /// The end of the needle if it lies at `offset`, else -1. Boundaries are not looked at.
  @inline(__always)
  func matchEnd(at offset: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    guard comparison != .folded else { return foldedMatchEnd(at: offset, in: text) }
    let count = compared.count
    guard offset &+ count <= text.count, let base = text.baseAddress else { return -1 }
    let isEqual = compared.withUnsafeBufferPointer { own -> Bool in
      guard let needle = own.baseAddress else { return true }
      return comparison == .exact
        ? memcmp(base + offset, needle, count) == 0
        : csimd_equal_lowered(base + offset, needle, count)
    }
    return isEqual ? offset &+ count : -1
  }

  /// True where the boundaries that the mode asks for are there.
  @inline(__always)
  func hasBoundaries(
    _ start: Int,
    _ end: Int,
    in text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    if needsTermStart, TermCharacter.precedes(start, in: text) { return false }
    if needsTermEnd, TermCharacter.follows(end, in: text) { return false }
    return true
  }

  private func foldedMatchEnd(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var offset = start
    for key in folded {
      guard offset < text.count else { return -1 }
      let scalar = UTF8Scalar(at: offset, in: text)
      guard CaseMapping.fold(scalar.value) == key else { return -1 }
      offset &+= scalar.width
    }
    return offset
  }

  private func matchesEnd(of text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard comparison == .folded else {
      let start = text.count &- compared.count
      return start >= 0 && matchEnd(at: start, in: text) >= 0
    }
    var offset = text.count
    for key in folded.reversed() {
      guard offset > 0 else { return false }
      let scalar = UTF8Scalar(before: offset, in: text)
      guard CaseMapping.fold(scalar.value) == key else { return false }
      offset &-= scalar.width
    }
    return true
  }

  private static func scalars(of text: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    var found: [UInt32] = []
    var offset = 0
    while offset < text.count {
      let scalar = UTF8Scalar(at: offset, in: text)
      found.append(scalar.value)
      offset &+= scalar.width
    }
    return found
  }
}

/// Looks whole values up among many needles (`in`, `in~`).
struct ValueIndex: Sendable {
  private let buckets: HashBuckets
  private let ignoresCase: Bool
  /// Bit n (63: longer) is set where a needle of n bytes exists; exact only where case matters
  /// or all needles are ASCII, as other case forms may differ in length.
  private let lengths: UInt64
  private let checksLengths: Bool
  private let isFolded: Bool

  init(_ needles: [Needle]) {
    ignoresCase = needles.contains { $0.ignoresCase }
    let folds = needles.contains { $0.comparison == .folded }
    isFolded = folds
    checksLengths = !folds
    var built = HashBuckets(capacity: needles.count)
    var lengthBits: UInt64 = 0
    for (number, needle) in needles.enumerated() {
      lengthBits |= 1 &<< UInt64(min(needle.bytes.count, 63))
      let (hash, isKnown) = needle.bytes.withUnsafeBufferPointer { text in
        let hash = Self.hash(text, needle.ignoresCase, folds)
        return (hash, built.first(hash) { needles[$0].matches(text) })
      }
      if !isKnown { built.insert(number, hash) }
    }
    buckets = built
    lengths = lengthBits
  }

  /// True where the value equals a needle.
  func contains(_ text: UnsafeBufferPointer<UInt8>, _ needles: [Needle]) -> Bool {
    if checksLengths, lengths &>> UInt64(min(text.count, 63)) & 1 == 0 { return false }
    let hash = Self.hash(text, ignoresCase, isFolded)
    return buckets.first(hash) { needles[$0].matches(text) }
  }

  @inline(__always)
  private static func hash(
    _ text: UnsafeBufferPointer<UInt8>,
    _ ignoresCase: Bool,
    _ folds: Bool
  ) -> UInt64 {
    folds ? ByteHash.foldedHash(text) : ByteHash.hash(text, lowering: ignoresCase)
  }
}

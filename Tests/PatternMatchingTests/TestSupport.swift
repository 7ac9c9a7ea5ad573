import PatternMatching

/// A small deterministic generator; tests print the seed that they use.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }

  mutating func text(_ alphabet: [String], _ length: Range<Int>) -> String {
    (0..<Int.random(in: length, using: &self))
      .map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &self)] }
      .joined()
  }
}

/// Gives a text's UTF-8 bytes in a buffer of exactly their size.
func withBytes<Result>(
  _ text: String,
  _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
) rethrows -> Result {
  try Array(text.utf8).withUnsafeBufferPointer(body)
}

/// Lays values out one after the other, as a column has them, with padding at the end.
func withColumn<Result>(
  _ values: [[UInt8]],
  gap: Int = 0,
  _ body: (TextColumn) throws -> Result
) throws -> Result {
  var heap: [UInt8] = []
  var views: [UInt64] = []
  for value in values {
    views.append(UInt64(heap.count) | UInt64(value.count) << 32)
    heap += value
    heap += [UInt8](repeating: 0x61, count: gap)
  }
  heap += [UInt8](repeating: 0x61, count: 64)
  return try heap.withUnsafeBufferPointer { bytes in
    try views.withUnsafeBufferPointer { views in
      guard let base = bytes.baseAddress else { throw CancellationError() }
      return try body(TextColumn(heap: base, views: views))
    }
  }
}

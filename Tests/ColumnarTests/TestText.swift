import Columnar

/// Lends the UTF-8 bytes of a text.
func withBytes<Result>(
  _ text: String,
  _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
) rethrows -> Result {
  try Array(text.utf8).withUnsafeBufferPointer(body)
}

/// What `body` prints.
func printed(_ body: (inout ByteSink) -> Void) -> String {
  var sink = ByteSink()
  body(&sink)
  return sink.text()
}

/// Random numbers that repeat for a seed, which tests put into their messages.
struct SeededNumbers: RandomNumberGenerator {
  let seed: UInt64
  private var state: UInt64

  init(seed: UInt64 = UInt64.random(in: 0...UInt64.max)) {
    self.seed = seed
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return hashWord(state)
  }
}

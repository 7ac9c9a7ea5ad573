import Crypto

/// Bytes that are the same for ever for what they stand for: texts go in with their length before
/// them, numbers with their high byte first, so that no two sequences of parts give the same bytes.
struct CanonicalBytes {
  private(set) var bytes: [UInt8] = []

  init(_ purpose: String, version: UInt8) {
    append(purpose)
    bytes.append(version)
  }

  mutating func append(_ text: String) {
    append(Int64(text.utf8.count))
    bytes += text.utf8
  }

  mutating func append(_ number: Int64) {
    withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
  }

  /// Says which of several forms follows.
  mutating func append(form letter: Character) { bytes += String(letter).utf8 }

  var digest: [UInt8] { Array(SHA256.hash(data: bytes)) }
}

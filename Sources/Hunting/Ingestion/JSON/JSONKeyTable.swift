import CSIMD
import Columnar

/// Numbers the keys of JSON objects and guesses which key comes next.
///
/// Events of one kind have their keys in one order. Behind each key the table remembers which one
/// followed it last, so that most keys cost one comparison of bytes.
struct JSONKeyTable: ~Copyable {
  /// A key as it stands in a file: quotes, text, quotes, colon.
  private struct Spelling {
    let base: UnsafeMutablePointer<UInt8>
    let count: Int
  }

  private var table: InternTable
  private var spellings: [Spelling] = []
  /// The key that followed last; index 0 is the begin of an object, 1 + n is key n.
  private var followers: [Int] = [-1]

  // The keys of envelopes, numbered before all others.
  static let records = 0
  static let properties = 1
  static let category = 2
  static let tenant = 3
  static let type = 4
  static let time = 5

  init(seed: UInt64) {
    table = InternTable(seed: seed)
    for name in ["records", "properties", "category", "tenantId", "Type", "time"] {
      _ = number(Array(name.utf8))
    }
  }

  deinit {
    for spelling in spellings { spelling.base.deallocate() }
  }

  var count: Int { table.count }

  /// The text of a key, with its escapes; 64 bytes may be read behind it.
  func text(_ key: Int) -> TextView {
    let spelling = spellings[key]
    return TextView(base: spelling.base + 1, count: spelling.count - 3)
  }

  /// Skips the key behind `previous` (-1: the first) with its colon, and returns its number.
  @inline(__always)
  mutating func next(after previous: Int, _ cursor: inout JSONCursor) throws(JSONFault) -> Int {
    let guess = followers[previous &+ 1]
    if guess >= 0 {
      let expected = spellings[guess]
      if expected.count <= cursor.end &- cursor.position,
        csimd_equal(cursor.base + cursor.position, expected.base, expected.count)
      {
        cursor.position &+= expected.count
        return guess
      }
    }
    return try lookUp(after: previous, &cursor)
  }

  @inline(never)
  private mutating func lookUp(
    after previous: Int,
    _ cursor: inout JSONCursor
  ) throws(JSONFault) -> Int {
    if cursor.isAtEnd { throw .incomplete }
    if cursor.current != 0x22 { throw cursor.unexpected("a key in quotes") }
    let (text, _) = try cursor.string()
    try cursor.expect(UInt8(ascii: ":"), "':'")
    let key = number(text)
    followers[previous + 1] = key
    return key
  }

  private mutating func number(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      return number(TextView(base: base, count: buffer.count))
    }
  }

  private mutating func number(_ text: TextView) -> Int {
    let key = Int(table.intern(text))
    if key == spellings.count {
      let count = text.count + 3
      let base = UnsafeMutablePointer<UInt8>.allocate(capacity: count + 64)
      base.initialize(repeating: 0, count: count + 64)
      base[0] = 0x22
      memcpy(base + 1, text.base, text.count)
      base[count - 2] = 0x22
      base[count - 1] = UInt8(ascii: ":")
      spellings.append(Spelling(base: base, count: count))
      followers.append(-1)
    }
    return key
  }
}

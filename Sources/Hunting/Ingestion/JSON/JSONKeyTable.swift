import CSIMD
import Columnar

/// Numbers the keys of JSON objects and guesses which key comes next.
///
/// Events of one kind have their keys in one order. Behind each key the table remembers which one
/// followed it last, so that most keys cost one comparison of bytes.
final class JSONKeyTable {
  private let table: InternTable
  /// Each key as it stands in a file: quotes, text, quotes, colon.
  private let spelled = TextStore()
  /// The key that followed last; index 0 is the begin of an object, 1 + n is key n.
  private var followers: [Int] = [-1]

  // The keys of envelopes, numbered before all others.
  static let records = 0
  static let properties = 1
  static let category = 2
  static let tenant = 3

  init(seed: UInt64) {
    table = InternTable(seed: seed)
    for name in ["records", "properties", "category", "tenantId"] {
      _ = Array(name.utf8).withTextView { number($0) }
    }
  }

  var count: Int { table.count }

  /// The text of a key, with its escapes.
  func text(_ key: Int) -> TextView { table.texts[key] }

  /// Skips the key behind `previous` (-1: the first) with its colon, and returns its number.
  @inline(__always)
  func next(after previous: Int, _ cursor: inout JSONCursor) throws(JSONFault) -> Int {
    let guess = followers[previous &+ 1]
    if guess >= 0 {
      let expected = spelled[guess]
      if expected.count <= cursor.end &- cursor.position,
        csimd_compare(cursor.base + cursor.position, expected.base, expected.count) == 0
      {
        cursor.position &+= expected.count
        return guess
      }
    }
    return try lookUp(after: previous, &cursor)
  }

  @inline(never)
  private func lookUp(
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

  private func number(_ text: TextView) -> Int {
    let key = Int(table.intern(text))
    if key == spelled.count {
      ([0x22] + text.bytes + [0x22, UInt8(ascii: ":")]).withTextView { spelled.append($0) }
      followers.append(-1)
    }
    return key
  }
}

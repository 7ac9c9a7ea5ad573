import Columnar

/// The quotes that may enclose keys and values, and the characters that escape within them.
///
/// Belongs to one worker: it remembers which quotes have no end, so that a text of nothing but
/// opening quotes takes no longer than another.
final class KeyValueQuotes {
  private let pairs: [(open: [UInt8], close: [UInt8])]
  private let escapes: [[UInt8]]
  /// For each pair of quotes whether none of them closes in the rest of the text.
  private var isOpenEnded: [Bool]

  /// Takes opening and closing quotes as one flat list.
  init(_ quotes: [ByteString], escapes: [ByteString]) {
    pairs = stride(from: 0, to: quotes.count - 1, by: 2).map {
      (quotes[$0].bytes, quotes[$0 + 1].bytes)
    }
    self.escapes = escapes.map(\.bytes).filter { !$0.isEmpty }
    isOpenEnded = Array(repeating: false, count: pairs.count)
  }

  /// Forgets what was learnt from another text.
  func begin() {
    for index in isOpenEnded.indices { isOpenEnded[index] = false }
  }

  /// A quoted text.
  struct Quoted {
    /// The bytes between the quotes, escapes included.
    let inner: TextView
    let hasEscapes: Bool
    /// The place behind the closing quote.
    let end: Int
  }

  /// The quoted text that starts at an offset, if there is one and it ends.
  func quoted(in text: TextView, at start: Int) -> Quoted? {
    let opening = pairs.firstIndex { !$0.open.isEmpty && text.has($0.open, at: start) }
    guard let opening, !isOpenEnded[opening] else { return nil }
    let pair = pairs[opening]
    let first = start + pair.open.count
    var position = first
    var hasEscapes = false
    while position < text.count {
      if let escape = escapes.first(where: { text.has($0, at: position) }) {
        hasEscapes = true
        position += escape.count + 1
        continue
      }
      if text.has(pair.close, at: position) {
        return Quoted(
          inner: text.part(first, position),
          hasEscapes: hasEscapes,
          end: position + pair.close.count
        )
      }
      position += 1
    }
    isOpenEnded[opening] = true
    return nil
  }

  /// Lends the quoted text without its escapes.
  func withText<Result>(of quoted: Quoted, _ body: (TextView) throws -> Result) rethrows -> Result {
    guard quoted.hasEscapes else { return try body(quoted.inner) }
    var unescaped: [UInt8] = []
    var position = 0
    while position < quoted.inner.count {
      if let escape = escapes.first(where: { quoted.inner.has($0, at: position) }) {
        position += escape.count
        if position >= quoted.inner.count { break }
      }
      unescaped.append(quoted.inner[position])
      position += 1
    }
    return try unescaped.withTextView(body)
  }
}

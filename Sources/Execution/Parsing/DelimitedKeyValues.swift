import Columnar

/// Finds pairs by the delimiters between pairs and between key and value.
///
/// Blanks around keys and values do not count, also where a blank is the delimiter of pairs. With
/// `isGreedy` a value without quotes runs up to the last delimiter before the next key.
final class DelimitedKeyValues: KeyValueFinder {
  private let pair: [UInt8]
  private let keyValue: [UInt8]
  private let quotes: KeyValueQuotes
  private let isGreedy: Bool

  init(pair: [UInt8], keyValue: [UInt8], quotes: KeyValueQuotes, isGreedy: Bool) {
    self.pair = pair
    self.keyValue = keyValue
    self.quotes = quotes
    self.isGreedy = isGreedy
  }

  func find(
    in text: TextView,
    isWanted: (TextView) -> Bool,
    _ body: (TextView, TextView) -> Bool
  ) throws {
    guard !keyValue.isEmpty else { return }
    quotes.begin()
    var position = 0
    while position < text.count {
      guard let key = nextKey(in: text, from: position) else { return }
      position = text.skippingBlanks(from: key.end)
      let quoted = quotes.quoted(in: text, at: position)
      let end = quoted.map { pairEnd(in: text, from: $0.end) } ?? valueEnd(in: text, position)
      let isDone = quotes.withText(of: key.name) { name in
        guard isWanted(name) else { return false }
        guard let quoted else { return !body(name, text.part(position, end).trimmed) }
        return !quotes.withText(of: quoted) { body(name, $0) }
      }
      if isDone { return }
      position = end + pair.count
    }
  }

  private struct Key {
    let name: KeyValueQuotes.Quoted
    /// The place behind the delimiter that follows it.
    let end: Int
  }

  /// The next text that a key-value delimiter follows.
  private func nextKey(in text: TextView, from start: Int) -> Key? {
    var position = text.skippingBlanks(from: start)
    var delimiter: Int?
    while position < text.count {
      if let quoted = quotes.quoted(in: text, at: position) {
        let next = text.skippingBlanks(from: quoted.end)
        if text.has(keyValue, at: next) {
          return Key(name: quoted, end: next + keyValue.count)
        }
        position = text.skippingBlanks(from: pairEnd(in: text, from: quoted.end) + pair.count)
        continue
      }
      // Searched anew only once it is passed, so that each byte is looked at once.
      if delimiter.map({ $0 < position }) ?? true {
        delimiter = text.offset(of: keyValue, from: position)
      }
      guard let delimiter else { return nil }
      let separator = pairEnd(in: text, from: position)
      if delimiter < separator || text.skippingBlanks(from: separator) == delimiter {
        let name = text.part(position, min(delimiter, separator)).trimmed
        let plain = KeyValueQuotes.Quoted(inner: name, hasEscapes: false, end: delimiter)
        return Key(name: plain, end: delimiter + keyValue.count)
      }
      position = text.skippingBlanks(from: separator + pair.count)
    }
    return nil
  }

  /// The next delimiter of pairs, or the end.
  private func pairEnd(in text: TextView, from start: Int) -> Int {
    if pair.isEmpty { return text.count }
    return text.offset(of: pair, from: start) ?? text.count
  }

  /// The end of a value without quotes; the last delimiter before the next key where greedy.
  private func valueEnd(in text: TextView, _ start: Int) -> Int {
    let end = pairEnd(in: text, from: start)
    guard isGreedy, !pair.isEmpty else { return end }
    guard var keyEnd = text.offset(of: keyValue, from: end) else { return text.count }
    keyEnd = text.part(0, keyEnd).trailingBlankStart
    var last = keyEnd - pair.count
    while last > end {
      if text.has(pair, at: last) { return last }
      last -= 1
    }
    return end
  }
}

extension TextView {
  /// The place behind the last byte that is no blank.
  fileprivate var trailingBlankStart: Int {
    var end = count
    while end > 0, Self.isBlank(base[end &- 1]) { end &-= 1 }
    return end
  }
}

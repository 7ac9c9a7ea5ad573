import Columnar

/// Finds pairs without delimiters: a key is a word, its value the word or quoted text behind it.
final class WordKeyValues: KeyValueFinder {
  private let quotes: KeyValueQuotes

  init(quotes: KeyValueQuotes) { self.quotes = quotes }

  func find(
    in text: TextView,
    isWanted: (TextView) -> Bool,
    _ body: (TextView, TextView) -> Bool
  ) throws {
    quotes.begin()
    var position = 0
    while let key = nextWord(in: text, from: position) {
      position = key.end
      let goesOn = quotes.withText(of: key) { name in
        guard isWanted(name), let value = nextWord(in: text, from: key.end) else { return true }
        position = value.end
        return quotes.withText(of: value) { body(name, $0) }
      }
      if !goesOn { return }
    }
  }

  /// The next quoted text or run of letters, digits and underscores.
  private func nextWord(in text: TextView, from start: Int) -> KeyValueQuotes.Quoted? {
    var position = start
    while position < text.count {
      if let quoted = quotes.quoted(in: text, at: position) { return quoted }
      if Self.isWordByte(text[position]) {
        let first = position
        while position < text.count, Self.isWordByte(text[position]) { position += 1 }
        return KeyValueQuotes.Quoted(
          inner: text.part(first, position),
          hasEscapes: false,
          end: position
        )
      }
      position += 1
    }
    return nil
  }

  /// Letters beyond ASCII count as such.
  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte >= 0x80
  }
}

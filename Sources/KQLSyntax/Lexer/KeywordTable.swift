/// Finds the keyword that a piece of text is.
struct KeywordTable: Sendable {
  static let shared = KeywordTable()

  /// Keywords that go on after the word that they begin with, longest first: `project-away`,
  /// `hint.strategy`, `matches regex`.
  let compounds: [(bytes: [UInt8], keyword: Keyword)]

  /// Open addressing: index of a keyword plus one, 0 where free. The size is a power of two.
  private let slots: [UInt16]
  private let texts: [[UInt8]]
  private let keywords: [Keyword]

  private init() {
    let keywords = Keyword.allCases
    let texts = keywords.map { Array($0.rawValue.utf8) }
    var slots = [UInt16](repeating: 0, count: 1024)
    for (index, text) in texts.enumerated() where !text.isEmpty {
      var slot = Int(Self.hash(text[...])) & 1023
      while slots[slot] != 0 { slot = (slot + 1) & 1023 }
      slots[slot] = UInt16(index + 1)
    }
    self.keywords = keywords
    self.texts = texts
    self.slots = slots
    self.compounds = zip(texts, keywords)
      .filter { pair in pair.0.contains { Self.compoundMarks.contains($0) } }
      .map { (bytes: $0.0, keyword: $0.1) }
      .sorted { $0.bytes.count > $1.bytes.count }
  }

  /// The keyword with exactly these bytes, or `none`.
  func find(_ bytes: ArraySlice<UInt8>) -> Keyword {
    var slot = Int(Self.hash(bytes)) & 1023
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if texts[index].elementsEqual(bytes) { return keywords[index] }
      slot = (slot + 1) & 1023
    }
    return .none
  }

  private static let compoundMarks = Array("-. ".utf8)

  private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}

/// Words of the product that are one however they are written: `inProgress`, `In progress`.
enum ProductWord {
  /// The letters and digits of a text, in small letters.
  static func letters(of text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// Things by the letters of each of their words; of several with one word the first.
  static func index<Thing>(
    _ things: [Thing],
    words: (Thing) -> [String]
  ) -> [String: Thing] {
    Dictionary(
      things.flatMap { thing in words(thing).map { (letters(of: $0), thing) } },
      uniquingKeysWith: { first, _ in first }
    )
  }
}

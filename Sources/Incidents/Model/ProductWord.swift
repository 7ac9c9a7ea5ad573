/// Words of the product that are one however they are written: `inProgress`, `In progress`.
enum ProductWord {
  /// The letters and digits of a text, in small letters.
  static func letters(of text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}

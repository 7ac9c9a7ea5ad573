/// Writes parts of queries.
enum KQLText {
  /// A literal that stands for a text; nil where it would need escapes that are hard to read.
  static func literal(_ text: String) -> String? {
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
    guard isPlain else { return nil }
    if !text.contains("\\"), !text.contains("\"") { return "\"\(text)\"" }
    var doubled = "@\""
    for character in text { doubled += character == "\"" ? "\"\"" : String(character) }
    return doubled + "\""
  }
}

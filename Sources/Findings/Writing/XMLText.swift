/// Text that may stand in an XML 1.0 document, in content and in attributes between double quotes.
struct XMLText {
  let text: String

  /// Escapes marks and replaces the characters that XML 1.0 forbids by U+FFFD.
  init(_ raw: String) {
    var safe = String.UnicodeScalarView()
    for scalar in raw.unicodeScalars {
      switch scalar {
      case "&": safe.append(contentsOf: "&amp;".unicodeScalars)
      case "<": safe.append(contentsOf: "&lt;".unicodeScalars)
      case ">": safe.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": safe.append(contentsOf: "&quot;".unicodeScalars)
      // Parsers turn these into blanks in attributes unless they are references.
      case "\t", "\n", "\r": safe.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
      default: safe.append(Self.isAllowed(scalar.value) ? scalar : "\u{FFFD}")
      }
    }
    text = String(safe)
  }

  private static func isAllowed(_ value: UInt32) -> Bool {
    (0x20...0xD7FF).contains(value) || (0xE000...0xFFFD).contains(value)
      || (0x10000...0x10FFFF).contains(value)
  }
}

/// How a scalar is written in YAML.
enum YAMLScalar {
  /// A value with the line end behind it.
  ///
  /// - Parameter indent: of the lines of a block.
  static func value(_ scalar: DocumentScalar, indent: Int) -> String {
    let text = scalar.text
    switch scalar.style {
    case .plain where isSafePlain(text): return text + "\n"
    case .singleQuoted where isOneLine(text): return singleQuoted(text) + "\n"
    case .doubleQuoted: return doubleQuoted(text) + "\n"
    default: return textValue(text, indent: indent)
    }
  }

  /// A key of a mapping.
  static func key(_ key: String) -> String { isTextWhenPlain(key) ? key : doubleQuoted(key) }

  /// A text in the shortest way that keeps it a text.
  private static func textValue(_ text: String, indent: Int) -> String {
    if text.utf8.contains(UInt8(ascii: "\n")), isPrintable(text) {
      return literal(text, indent: indent)
    }
    return (isTextWhenPlain(text) ? text : doubleQuoted(text)) + "\n"
  }

  /// A literal block; `text` has a line feed.
  private static func literal(_ text: String, indent: Int) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let ending: String
    if lines.last == "" {
      lines.removeLast()
      // Blank lines at the end are only kept by '+'.
      ending = lines.last.map { $0.isEmpty } ?? true ? "+" : ""
    } else {
      ending = "-"
    }
    let first = lines.first { !$0.isEmpty }
    // A reader finds the indentation by the first line with text, if that does not start with
    // a space and no line before it does.
    let needsIndicator = first.map { $0.hasPrefix(" ") || $0.hasPrefix("\t") } ?? true
    let prefix = String(repeating: " ", count: indent)
    let header = "|" + (needsIndicator ? "2" : "") + ending
    return header + "\n" + lines.map { ($0.isEmpty ? "" : prefix + $0) + "\n" }.joined()
  }

  private static func singleQuoted(_ text: String) -> String {
    var quoted = "'"
    for character in text.unicodeScalars {
      if character == "'" { quoted += "'" }
      quoted.unicodeScalars.append(character)
    }
    return quoted + "'"
  }

  private static func doubleQuoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      default:
        if isPrintable(scalar) {
          quoted.unicodeScalars.append(scalar)
        } else {
          quoted += escape(scalar.value)
        }
      }
    }
    return quoted + "\""
  }

  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    let width = value < 0x100 ? 2 : value < 0x10000 ? 4 : 8
    let letter = width == 2 ? "x" : width == 4 ? "u" : "U"
    return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
  }

  /// Whether a plain scalar can be written as it is, whatever it means.
  private static func isSafePlain(_ text: String) -> Bool {
    text.isEmpty ? false : isOneLine(text) && hasPlainShape(text)
  }

  /// Whether a text that is written plainly is read as that text, and as no number, truth value,
  /// null or time.
  private static func isTextWhenPlain(_ text: String) -> Bool {
    guard isSafePlain(text), let first = text.utf8.first else { return false }
    let isDigitLike = (0x30...0x39).contains(first) || "+-.".utf8.contains(first)
    return !isDigitLike && !reserved.contains(text.lowercased()) && text != "~"
  }

  private static let reserved: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n",
  ]

  private static func hasPlainShape(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let indicators = Array("!&*[]{},#|>@`\"'%".utf8)
    if indicators.contains(bytes[0]) || bytes[0] == 0x20 || bytes.last == 0x20 { return false }
    if bytes.last == UInt8(ascii: ":") { return false }
    if "-?:".utf8.contains(bytes[0]), bytes.count == 1 || bytes[1] == 0x20 { return false }
    if text.hasPrefix("---") || text.hasPrefix("...") { return false }
    for (byte, next) in zip(bytes, bytes.dropFirst()) {
      if byte == UInt8(ascii: ":"), next == 0x20 { return false }
      if byte == 0x20, next == UInt8(ascii: "#") { return false }
    }
    return true
  }

  /// Without line ends, tabs and what must be escaped.
  private static func isOneLine(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0 != "\n" && $0 != "\t" && isPrintable($0) }
  }

  /// Whether a block can hold it: no other control than line feeds and tabs.
  private static func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || isPrintable($0) }
  }

  /// What needs no escape. Marks that change the direction of text do, and so do the separators
  /// of lines that YAML 1.1 ends lines with.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x200D, 0x2010...0x2027, 0x202F...0x2065, 0x206A...0xD7FF,
      0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF:
      return true
    default: return false
    }
  }
}

/// Writes nodes as JSON, two spaces a level or in one line.
///
/// What it writes reads back as equal values, and is written again as the same bytes. Plain
/// scalars of YAML that are no number, truth value or null become strings.
public enum JSONDocumentWriter {
  public static func text(_ root: DocumentNode) -> String {
    var output = ""
    write(root, indent: 0, &output)
    return output + "\n"
  }

  /// The same without blanks and line ends.
  public static func line(_ root: DocumentNode) -> String {
    var output = ""
    writeLine(root, &output)
    return output
  }

  private static func writeLine(_ node: DocumentNode, _ output: inout String) {
    switch node.content {
    case .scalar(let scalar): output += value(scalar, node)
    case .sequence(let items):
      output += "["
      for (place, item) in items.enumerated() {
        if place > 0 { output += "," }
        writeLine(item, &output)
      }
      output += "]"
    case .mapping(let members):
      output += "{"
      for (place, member) in members.enumerated() {
        output += (place > 0 ? "," : "") + quoted(member.key) + ":"
        writeLine(member.value, &output)
      }
      output += "}"
    }
  }

  private static func write(_ node: DocumentNode, indent: Int, _ output: inout String) {
    switch node.content {
    case .scalar(let scalar): output += value(scalar, node)
    case .sequence(let items):
      writeList(items, "[", "]", indent, &output) { write($0, indent: indent + 2, &$1) }
    case .mapping(let members):
      writeList(members, "{", "}", indent, &output) { member, output in
        output += quoted(member.key) + ": "
        write(member.value, indent: indent + 2, &output)
      }
    }
  }

  private static func writeList<Item>(
    _ items: [Item],
    _ open: String,
    _ close: String,
    _ indent: Int,
    _ output: inout String,
    _ write: (Item, inout String) -> Void
  ) {
    if items.isEmpty {
      output += open + close
      return
    }
    let inner = "\n" + String(repeating: " ", count: indent + 2)
    output += open
    for (place, item) in items.enumerated() {
      output += (place > 0 ? "," : "") + inner
      write(item, &output)
    }
    output += "\n" + String(repeating: " ", count: indent) + close
  }

  private static func value(_ scalar: DocumentScalar, _ node: DocumentNode) -> String {
    guard scalar.style == .plain else { return quoted(scalar.text) }
    if node.isNull { return "null" }
    if let boolean = node.boolean { return boolean ? "true" : "false" }
    return JSONNumber.isValid(scalar.text) ? scalar.text : quoted(scalar.text)
  }

  /// A string of JSON, controls and marks that change the direction of text escaped.
  public static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      default:
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
          let digits = String(scalar.value, radix: 16)
          quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }
}

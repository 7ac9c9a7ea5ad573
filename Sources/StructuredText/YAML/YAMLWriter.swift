/// Writes nodes as YAML: block style, two spaces a level, texts of several lines as literal blocks.
///
/// What it writes reads back as equal nodes, and is written again as the same bytes.
public enum YAMLWriter {
  public static func text(_ root: DocumentNode) -> String {
    var output = ""
    switch root.content {
    case .mapping(let members) where !members.isEmpty: write(members, indent: 0, &output)
    case .sequence(let items) where !items.isEmpty: write(items, indent: 0, &output)
    default: writeInline(root, indent: 0, &output)
    }
    return output
  }

  private static func write(_ members: [DocumentMember], indent: Int, _ output: inout String) {
    for (place, member) in members.enumerated() {
      // The first member stands behind the "- " of its item.
      if place > 0 || !output.hasSuffix("- ") { output += spaces(indent) }
      output += YAMLScalar.key(member.key) + ":"
      writeValue(member.value, indent: indent, &output)
    }
  }

  private static func write(_ items: [DocumentNode], indent: Int, _ output: inout String) {
    for (place, item) in items.enumerated() {
      if place > 0 || !output.hasSuffix("- ") { output += spaces(indent) }
      switch item.content {
      case .mapping(let members) where !members.isEmpty:
        output += "- "
        write(members, indent: indent + 2, &output)
      case .sequence(let nested) where !nested.isEmpty:
        output += "- "
        write(nested, indent: indent + 2, &output)
      default:
        output += "-"
        writeInlineValue(item, indent: indent, &output)
      }
    }
  }

  private static func writeValue(_ value: DocumentNode, indent: Int, _ output: inout String) {
    switch value.content {
    case .mapping(let members) where !members.isEmpty:
      output += "\n"
      write(members, indent: indent + 2, &output)
    case .sequence(let items) where !items.isEmpty:
      output += "\n"
      write(items, indent: indent + 2, &output)
    default: writeInlineValue(value, indent: indent, &output)
    }
  }

  private static func writeInlineValue(_ node: DocumentNode, indent: Int, _ output: inout String) {
    if let scalar = node.scalar, scalar.style == .plain, scalar.text.isEmpty {
      output += "\n"
      return
    }
    output += " "
    writeInline(node, indent: indent, &output)
  }

  private static func writeInline(_ node: DocumentNode, indent: Int, _ output: inout String) {
    switch node.content {
    case .scalar(let scalar): output += YAMLScalar.value(scalar, indent: indent + 2)
    case .sequence: output += "[]\n"
    case .mapping: output += "{}\n"
    }
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}

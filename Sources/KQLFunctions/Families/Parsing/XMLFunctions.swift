import Columnar

extension ScalarFunction {
  static let xmlFamily: [ScalarFunction] = [parseXML]

  static let parseXML = ScalarFunction(
    "parse_xml",
    "xml_text:StringOrDynamic",
    naming: .firstArgument,
    "Converts XML to a bag: attributes as `@name`, text as `#text`, repeated elements as arrays.",
    examples: [
      Example("print parse_xml(\"<e a='1'>t</e>\")", "{\"e\":{\"@a\":\"1\",\"#text\":\"t\"}}"),
      Example("print parse_xml(\"<e><a>1</a><a>2</a></e>\")", "{\"e\":{\"a\":[\"1\",\"2\"]}}"),
      Example("print parse_xml(\"no xml\")", "null"),
    ],
    kernels: [
      .dynamic { (text: TextView, writer: inout DynamicWriter) in
        guard let root = XMLParser.parse(text) else { return }
        writer.beginBag()
        writer.appendName(root.name)
        root.write(to: &writer)
        writer.endBag()
      }
    ]
  )
}

extension XMLElement {
  /// Writes the value of an element: null, a text, or a bag of what it holds.
  fileprivate func write(to writer: inout DynamicWriter) {
    if attributes.isEmpty && children.isEmpty {
      if let text = texts.first { writer.append(string: text) } else { writer.appendNull() }
      return
    }
    writer.beginBag()
    for attribute in attributes {
      writer.appendName(Array("@".utf8) + attribute.name)
      writer.append(string: attribute.value)
    }
    writeTexts(to: &writer)
    var groups: [(name: [UInt8], elements: [XMLElement])] = []
    var places: [[UInt8]: Int] = [:]
    for child in children {
      if let place = places[child.name] {
        groups[place].elements.append(child)
      } else {
        places[child.name] = groups.count
        groups.append((child.name, [child]))
      }
    }
    for group in groups {
      writer.appendName(group.name)
      if group.elements.count > 1 { writer.beginArray() }
      for element in group.elements { element.write(to: &writer) }
      if group.elements.count > 1 { writer.endArray() }
    }
    writer.endBag()
  }

  private func writeTexts(to writer: inout DynamicWriter) {
    if texts.isEmpty { return }
    writer.appendName("#text")
    if texts.count > 1 { writer.beginArray() }
    for text in texts { writer.append(string: children.isEmpty ? text : text.trimmingBlanks) }
    if texts.count > 1 { writer.endArray() }
  }
}

extension Array where Element == UInt8 {
  /// The bytes without blanks and control characters at both ends.
  fileprivate var trimmingBlanks: [UInt8] {
    guard let first = firstIndex(where: { $0 > 0x20 }), let last = lastIndex(where: { $0 > 0x20 })
    else { return [] }
    return Array(self[first...last])
  }
}

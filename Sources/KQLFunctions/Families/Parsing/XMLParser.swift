import Columnar

/// An element of an XML document: attributes, text and elements within.
final class XMLElement {
  let name: [UInt8]
  var attributes: [(name: [UInt8], value: [UInt8])] = []
  var texts: [[UInt8]] = []
  var children: [XMLElement] = []

  init(_ name: [UInt8]) { self.name = name }
}

/// Reads XML text into elements; comments, instructions and the document type are skipped.
///
/// Nothing outside of the text is read: entities other than the five of XML and character codes
/// make the document invalid.
struct XMLParser {
  /// The most bytes of a document, as the service has it.
  static let byteLimit = 1 << 20
  static let depthLimit = 200

  private let text: TextView
  private var offset = 0

  private init(_ text: TextView) { self.text = text }

  /// The root element; nil where the text is no document with one root.
  static func parse(_ text: TextView) -> XMLElement? {
    guard text.count <= byteLimit else { return nil }
    var parser = XMLParser(text)
    if text.hasPrefix("\u{FEFF}") { parser.offset = 3 }
    guard parser.skipMisc(), let root = parser.element(depth: 0), parser.skipMisc(),
      parser.offset == text.count
    else { return nil }
    return root
  }

  private func startsWith(_ literal: StaticString) -> Bool {
    text.suffix(from: offset).hasPrefix(literal)
  }

  /// Moves behind the next place of a literal; false without one.
  private mutating func skip(past literal: StaticString) -> Bool {
    let place = Array(
      UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    )
    .withTextView { text.firstOffset(of: $0, from: offset) }
    guard let place else { return false }
    offset = place + literal.utf8CodeUnitCount
    return true
  }

  private mutating func skipBlanks() {
    while offset < text.count, Self.isBlank(text[offset]) { offset += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// Skips what may stand around the root.
  private mutating func skipMisc() -> Bool {
    while true {
      skipBlanks()
      if startsWith("<?") {
        if !skip(past: "?>") { return false }
      } else if startsWith("<!--") {
        if !skip(past: "-->") { return false }
      } else if startsWith("<!DOCTYPE") {
        if !skip(past: ">") { return false }
      } else {
        return true
      }
    }
  }

  private mutating func name() -> [UInt8]? {
    let start = offset
    while offset < text.count {
      let byte = text[offset]
      let isLetter = (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte == 0x3A || byte >= 0x80
      let isOther = byte &- 0x30 < 10 || byte == 0x2D || byte == 0x2E
      guard isLetter || offset > start && isOther else { break }
      offset += 1
    }
    return offset > start ? text.part(start, offset).bytes : nil
  }

  private mutating func element(depth: Int) -> XMLElement? {
    guard depth < Self.depthLimit, startsWith("<") else { return nil }
    offset += 1
    guard let name = name() else { return nil }
    let element = XMLElement(name)
    while true {
      let hadBlank = offset < text.count && Self.isBlank(text[offset])
      skipBlanks()
      if startsWith("/>") {
        offset += 2
        return element
      }
      if startsWith(">") {
        offset += 1
        return content(of: element, depth: depth) ? element : nil
      }
      guard hadBlank, attribute(of: element) else { return nil }
    }
  }

  private mutating func attribute(of element: XMLElement) -> Bool {
    guard let name = name(), !element.attributes.contains(where: { $0.name == name }) else {
      return false
    }
    skipBlanks()
    guard startsWith("=") else { return false }
    offset += 1
    skipBlanks()
    guard offset < text.count, text[offset] == 0x22 || text[offset] == 0x27,
      let end = text.firstOffset(ofByte: text[offset], from: offset + 1)
    else { return false }
    let value = text.part(offset + 1, end)
    guard value.firstOffset(ofByte: UInt8(ascii: "<")) == nil, let decoded = Self.decode(value)
    else { return false }
    element.attributes.append((name, decoded))
    offset = end + 1
    return true
  }

  /// Reads up to the end tag of an element.
  private mutating func content(of element: XMLElement, depth: Int) -> Bool {
    var run: [UInt8] = []
    while offset < text.count {
      if text[offset] != UInt8(ascii: "<") {
        let end = text.firstOffset(ofByte: UInt8(ascii: "<"), from: offset) ?? text.count
        guard let decoded = Self.decode(text.part(offset, end)) else { return false }
        run += decoded
        offset = end
      } else if startsWith("<![CDATA[") {
        let start = offset + 9
        guard skip(past: "]]>") else { return false }
        run += text.part(start, offset - 3).bytes
      } else if startsWith("<!--") {
        guard skip(past: "-->") else { return false }
      } else if startsWith("<?") {
        guard skip(past: "?>") else { return false }
      } else {
        element.keep(&run)
        if startsWith("</") { return endTag(of: element) }
        guard let child = self.element(depth: depth + 1) else { return false }
        element.children.append(child)
      }
    }
    return false
  }

  private mutating func endTag(of element: XMLElement) -> Bool {
    offset += 2
    guard let name = name(), name == element.name else { return false }
    skipBlanks()
    guard startsWith(">") else { return false }
    offset += 1
    return true
  }

  /// Replaces entities; nil where one is unknown.
  private static func decode(_ text: TextView) -> [UInt8]? {
    var bytes: [UInt8] = []
    var offset = 0
    while let start = text.firstOffset(ofByte: UInt8(ascii: "&"), from: offset) {
      guard let end = text.firstOffset(ofByte: UInt8(ascii: ";"), from: start),
        let decoded = entity(text.part(start + 1, end))
      else { return nil }
      bytes += text.part(offset, start).bytes + decoded
      offset = end + 1
    }
    return bytes + text.suffix(from: offset).bytes
  }

  private static func entity(_ name: TextView) -> [UInt8]? {
    if name.isEqual("lt") { return [0x3C] }
    if name.isEqual("gt") { return [0x3E] }
    if name.isEqual("amp") { return [0x26] }
    if name.isEqual("quot") { return [0x22] }
    if name.isEqual("apos") { return [0x27] }
    guard name.hasPrefix("#"), name.count <= 9 else { return nil }
    let isHex = name.hasPrefix("#x")
    let digits = String(decoding: name.suffix(from: isHex ? 2 : 1).buffer, as: UTF8.self)
    guard let code = UInt32(digits, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(code)
    else { return nil }
    return Array(String(scalar).utf8)
  }
}

extension XMLElement {
  /// Keeps a run of text that is not all blanks, and empties it.
  fileprivate func keep(_ run: inout [UInt8]) {
    if run.contains(where: { $0 > 0x20 }) { texts.append(run) }
    run = []
  }
}

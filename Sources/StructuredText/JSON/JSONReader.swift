/// Reads JSON (RFC 8259) into nodes, with places.
struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private var left = TextDocument.nodeLimit
  private var line = 1
  private var lineStart = 0
  /// A place of the line that is known, and its column.
  private var marked = (position: 0, column: 1)

  static func read(_ text: String) throws -> DocumentNode {
    var reader = JSONReader(bytes: Array(text.utf8))
    reader.skipSpace()
    if reader.position == reader.bytes.count { throw DocumentFailure.empty }
    let root = try reader.value(depth: 0)
    reader.skipSpace()
    if reader.position < reader.bytes.count {
      throw reader.failure("there is more text behind the value")
    }
    return root
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func value(depth: Int) throws -> DocumentNode {
    left -= 1
    if left < 0 { throw failure("the file holds too many values") }
    if depth > TextDocument.depthLimit { throw DocumentFailure.tooDeep(at: here) }
    let place = mark()
    switch peek {
    case UInt8(ascii: "{"): return DocumentNode(try mapping(depth), at: place)
    case UInt8(ascii: "["): return DocumentNode(try sequence(depth), at: place)
    case UInt8(ascii: "\""):
      return DocumentNode(.scalar(DocumentScalar(try string(), style: .doubleQuoted)), at: place)
    default: return DocumentNode(.scalar(DocumentScalar(try literal(), style: .plain)), at: place)
    }
  }

  private mutating func mapping(_ depth: Int) throws -> DocumentNode.Content {
    var members: [DocumentMember] = []
    var keys: Set<String> = []
    position += 1
    skipSpace()
    if take("}") { return .mapping([]) }
    repeat {
      skipSpace()
      let place = mark()
      guard peek == UInt8(ascii: "\"") else { throw failure("a key in quotes is expected") }
      let key = try string()
      if !keys.insert(key).inserted { throw DocumentFailure.duplicate(key, at: place) }
      skipSpace()
      guard take(":") else { throw failure("':' is expected behind a key") }
      skipSpace()
      members.append(DocumentMember(key: key, at: place, value: try value(depth: depth + 1)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw failure("',' or '}' is expected") }
    return .mapping(members)
  }

  private mutating func sequence(_ depth: Int) throws -> DocumentNode.Content {
    var items: [DocumentNode] = []
    position += 1
    skipSpace()
    if take("]") { return .sequence([]) }
    repeat {
      skipSpace()
      items.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw failure("',' or ']' is expected") }
    return .sequence(items)
  }

  private mutating func literal() throws -> String {
    let start = position
    while let byte = peek, isLiteral(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if text == "true" || text == "false" || text == "null" || JSONNumber.isValid(text) {
      return text
    }
    position = start
    throw failure(text.isEmpty ? "a value is expected" : "'\(text)' is no value of JSON")
  }

  private func isLiteral(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      return true
    default: return false
    }
  }

  private mutating func string() throws -> String {
    var scalars = ""
    position += 1
    var start = position
    while let byte = peek {
      if byte == UInt8(ascii: "\"") {
        scalars += String(decoding: bytes[start..<position], as: UTF8.self)
        position += 1
        return scalars
      }
      if byte < 0x20 { throw failure("a control character in a string must be escaped") }
      if byte == UInt8(ascii: "\\") {
        scalars += String(decoding: bytes[start..<position], as: UTF8.self)
        scalars.unicodeScalars.append(try escape())
        start = position
      } else {
        position += 1
      }
    }
    throw failure("a string has no end")
  }

  private mutating func escape() throws -> Unicode.Scalar {
    position += 1
    guard let letter = peek else { throw failure("a string has no end") }
    position += 1
    switch letter {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "u"): return try unicodeEscape()
    default:
      position -= 1
      throw failure("an escape that JSON does not know")
    }
  }

  private mutating func unicodeEscape() throws -> Unicode.Scalar {
    let unit = try hexadecimal()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, peek == UInt8(ascii: "\\"), position + 1 < bytes.count,
      bytes[position + 1] == UInt8(ascii: "u")
    else { throw failure("half of a surrogate pair") }
    position += 2
    let low = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { throw failure("half of a surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal() throws -> UInt32 {
    guard position + 4 <= bytes.count else { throw failure("a string has no end") }
    let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
      let value = UInt32(digits, radix: 16)
    else { throw failure("four hexadecimal digits are expected") }
    position += 4
    return value
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
      if byte == 0x0A {
        line += 1
        lineStart = position
      }
    }
  }

  private var here: DocumentPlace {
    let isBehind = marked.position >= lineStart && marked.position <= position
    let start = isBehind ? marked.position : lineStart
    let scalars = bytes[start..<position].count { $0 & 0xC0 != 0x80 }
    return DocumentPlace(line: line, column: scalars + (isBehind ? marked.column : 1))
  }

  /// The place, from which the next one is counted: lines of logs are long.
  private mutating func mark() -> DocumentPlace {
    let place = here
    marked = (position, place.column)
    return place
  }

  private func failure(_ message: String) -> DocumentFailure {
    DocumentFailure("no JSON: " + message, at: here)
  }
}

import CSIMD
import Columnar

/// Walks over JSON text and finds where values end, strictly by the grammar.
///
/// At least 64 bytes may be read behind `end`.
struct JSONCursor {
  /// The deepest nesting of arrays and objects in a value.
  private static let deepest = 500

  let base: UnsafePointer<UInt8>
  let end: Int
  var position: Int

  init(base: UnsafePointer<UInt8>, from start: Int, to end: Int) {
    self.base = base
    self.end = end
    position = start
  }

  /// The byte at the position; 0 at the end.
  @inline(__always) var current: UInt8 { position < end ? base[position] : 0 }

  var isAtEnd: Bool { position >= end }

  @inline(__always)
  mutating func skipBlanks() {
    while position < end {
      let byte = base[position]
      if byte > 0x20 || !(byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09) { return }
      position &+= 1
    }
  }

  /// Skips a mark that must come, blanks before it included.
  @inline(__always)
  mutating func expect(_ mark: UInt8, _ what: StaticString) throws(JSONFault) {
    skipBlanks()
    if position >= end { throw .incomplete }
    if base[position] != mark { throw unexpected(what) }
    position &+= 1
  }

  /// Skips a string whose opening quote is at the position.
  ///
  /// Returns where its text lies and whether it holds escapes.
  @inline(__always)
  mutating func string() throws(JSONFault) -> (text: TextView, hasEscapes: Bool) {
    let start = position &+ 1
    var index = start
    var hasEscapes = false
    while index < end {
      let stops =
        csimd_equal_mask16(base + index, 0x22) | csimd_equal_mask16(base + index, 0x5C)
      if stops == 0 {
        index &+= 16
        continue
      }
      index &+= stops.trailingZeroBitCount
      if index >= end { break }
      if base[index] == 0x22 {
        position = index &+ 1
        return (TextView(base: base + start, count: index &- start), hasEscapes)
      }
      hasEscapes = true
      index &+= try escapeLength(at: index)
    }
    throw .incomplete
  }

  /// Checks the escape at `index` and returns the bytes that it takes.
  private func escapeLength(at index: Int) throws(JSONFault) -> Int {
    if index &+ 1 >= end { throw .incomplete }
    switch base[index &+ 1] {
    case 0x22, 0x5C, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return 2
    case UInt8(ascii: "u"):
      if index + 6 > end { throw .incomplete }
      for place in index + 2..<index + 6 {
        let byte = base[place]
        if byte &- 0x30 > 9, (byte | 0x20) &- UInt8(ascii: "a") > 5 {
          throw .malformed("an escape \\u needs four hexadecimal digits")
        }
      }
      return 6
    default: throw .malformed("a backslash in a string begins no known escape")
    }
  }

  /// Skips a value and returns what and where it is; a string without its quotes.
  @inline(__always)
  mutating func value() throws(JSONFault) -> Cell {
    let start = position
    let kind: Cell.Kind
    switch current {
    case 0x22:
      let (text, hasEscapes) = try string()
      return Cell(kind: hasEscapes ? .escapedString : .string, text: text)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      kind = .container
      try container()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      kind = .number
      try number()
    default: kind = try literal()
    }
    return Cell(kind: kind, text: TextView(base: base + start, count: position &- start))
  }

  private mutating func literal() throws(JSONFault) -> Cell.Kind {
    switch current {
    case UInt8(ascii: "t"):
      try word("true")
      return .true
    case UInt8(ascii: "f"):
      try word("false")
      return .false
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default: throw isAtEnd ? .incomplete : unexpected("a value")
    }
  }

  private mutating func word(_ word: StaticString) throws(JSONFault) {
    for index in 0..<word.utf8CodeUnitCount {
      if position >= end { throw .incomplete }
      if base[position] != word.utf8Start[index] { throw unexpected("a value") }
      position &+= 1
    }
  }

  @inline(__always)
  private mutating func number() throws(JSONFault) {
    if current == UInt8(ascii: "-") { position &+= 1 }
    let first = position
    try digits()
    if base[first] == UInt8(ascii: "0"), position &- first > 1 {
      throw .malformed("a number begins with 0")
    }
    if current == UInt8(ascii: ".") {
      position &+= 1
      try digits()
    }
    if current | 0x20 == UInt8(ascii: "e") {
      position &+= 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position &+= 1 }
      try digits()
    }
  }

  @inline(__always)
  private mutating func digits() throws(JSONFault) {
    let start = position
    while position < end, base[position] &- 0x30 <= 9 { position &+= 1 }
    if position == start { throw isAtEnd ? .incomplete : unexpected("a digit") }
  }

  /// Skips a value that is no container.
  private mutating func scalar() throws(JSONFault) {
    switch current {
    case 0x22: _ = try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: _ = try literal()
    }
  }

  /// A fault that says what stands at the position.
  func unexpected(_ wanted: StaticString) -> JSONFault {
    let rest = UnsafeBufferPointer(start: base + position, count: min(12, end - position))
    let found = String(decoding: rest.prefix { $0 >= 0x20 }, as: UTF8.self)
    return .malformed("expected \(wanted), found '\(found)'")
  }
}

extension JSONCursor {
  /// Skips an object or array with all that is in it.
  private mutating func container() throws(JSONFault) {
    var objects = OpenContainers()
    var needsValue = true
    repeat {
      skipBlanks()
      if position >= end { throw .incomplete }
      let byte = base[position]
      if !needsValue {
        needsValue = try endValue(byte, &objects)
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        needsValue = try open(isObject: byte == UInt8(ascii: "{"), &objects)
      } else {
        try scalar()
        needsValue = false
      }
    } while objects.count > 0
  }

  /// Skips what follows a value in a container; true where another value is to come.
  private mutating func endValue(
    _ byte: UInt8,
    _ objects: inout OpenContainers
  ) throws(JSONFault) -> Bool {
    let isObject = objects.isInObject
    if byte == UInt8(ascii: ",") {
      position &+= 1
      if isObject { try key() }
      return true
    }
    guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
      throw unexpected(isObject ? "',' or '}'" : "',' or ']'")
    }
    objects.close()
    position &+= 1
    return false
  }

  /// Opens a container; false where it closes at once, so that no value is to come.
  private mutating func open(
    isObject: Bool,
    _ objects: inout OpenContainers
  ) throws(JSONFault) -> Bool {
    if objects.count == Self.deepest {
      throw .malformed("values are nested more than \(Self.deepest) deep")
    }
    position &+= 1
    skipBlanks()
    if position >= end { throw .incomplete }
    if base[position] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
      position &+= 1
      return false
    }
    objects.open(isObject: isObject)
    if isObject { try key() }
    return true
  }

  /// Skips a key and its colon.
  private mutating func key() throws(JSONFault) {
    skipBlanks()
    if position >= end { throw .incomplete }
    if base[position] != 0x22 { throw unexpected("a key in quotes") }
    _ = try string()
    try expect(UInt8(ascii: ":"), "':'")
  }
}

/// Whether each open container is an object, the outermost first; a bit each, since most values
/// need few and none should cost an allocation.
private struct OpenContainers {
  private var bits = InlineArray<8, UInt64>(repeating: 0)
  private(set) var count = 0

  /// Whether the innermost container is an object.
  var isInObject: Bool {
    let place = count &- 1
    return bits[place &>> 6] &>> UInt64(truncatingIfNeeded: place & 63) & 1 != 0
  }

  mutating func open(isObject: Bool) {
    let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: count & 63)
    if isObject { bits[count &>> 6] |= bit } else { bits[count &>> 6] &= ~bit }
    count &+= 1
  }

  mutating func close() { count &-= 1 }
}

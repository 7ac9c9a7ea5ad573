/// One step of the cursor: a character with the marks upon it, or one hidden scalar or byte.
struct TextUnit {
  /// What is written for the unit.
  enum Display {
    /// Its own bytes.
    case verbatim
    /// A space for each cell.
    case spaces
    /// An escape in ASCII, such as `\u{202E}` or, for a byte of no scalar, `\x9B`.
    case escaped([UInt8])
  }

  /// Bytes of the text.
  let length: Int
  /// Cells on the terminal.
  let cells: Int
  /// What is written.
  let display: Display

  /// Cells of a tab.
  static let tabCells = 4
  /// Cells of the widest unit, `\u{10FFFF}`.
  static let widest = 10
  /// Marks that may sit upon one character; more are shown as escapes, so that none climbs over
  /// the lines above.
  private static let markLimit = 8

  /// Reads the unit that starts at `offset`.
  init(in text: [UInt8], at offset: Int) {
    let (scalar, length) = UTF8Scan.scalar(in: text, at: offset)
    guard let scalar else {
      self.init(length: 1, escaped: "\\x\(Self.hexadecimal(UInt32(text[offset]), digits: 2))")
      return
    }
    if scalar == "\t" {
      self.init(length: 1, cells: Self.tabCells, display: .spaces)
      return
    }
    let kind = ScalarKind(scalar)
    guard kind == .narrow || kind == .wide else {
      self.init(length: length, escaped: "\\u{\(Self.hexadecimal(scalar.value, digits: 1))}")
      return
    }
    let marks = Self.marks(in: text, at: offset + length)
    self.init(length: length + marks, cells: kind == .wide ? 2 : 1, display: .verbatim)
  }

  private init(length: Int, escaped: String) {
    let bytes = Array(escaped.utf8)
    self.init(length: length, cells: bytes.count, display: .escaped(bytes))
  }

  private init(length: Int, cells: Int, display: Display) {
    self.length = length
    self.cells = cells
    self.display = display
  }

  /// The start of the unit that ends at or reaches over `offset`, which is above zero.
  static func start(before offset: Int, in text: [UInt8]) -> Int {
    var start = offset - 1
    while start > 0, !isBase(text, start) { start -= 1 }
    while true {
      let next = start + TextUnit(in: text, at: start).length
      if next >= offset { return start }
      start = next
    }
  }

  /// Whether a unit starts at `offset` whatever stands before it.
  private static func isBase(_ text: [UInt8], _ offset: Int) -> Bool {
    let byte = text[offset]
    if byte < 0x80 { return true }
    if UTF8Scan.isContinuation(byte) { return false }
    guard let scalar = UTF8Scan.scalar(in: text, at: offset).scalar else { return true }
    return ScalarKind(scalar) != .mark
  }

  /// Bytes of the marks at `offset`.
  private static func marks(in text: [UInt8], at offset: Int) -> Int {
    var end = offset
    for _ in 0..<markLimit {
      guard end < text.count, text[end] >= 0x80 else { break }
      let (scalar, length) = UTF8Scan.scalar(in: text, at: end)
      guard let scalar, ScalarKind(scalar) == .mark else { break }
      end += length
    }
    return end - offset
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

/// One step of the cursor: a character with the marks upon it, or one hidden scalar or byte.
struct TextUnit {
  /// What is written for the unit.
  enum Display {
    /// Its own bytes.
    case verbatim
    /// A space for each cell.
    case spaces
    /// An escape in ASCII.
    case escaped(TextEscape)
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
      self.init(length: 1, escape: .byte(text[offset]))
      return
    }
    if scalar == "\t" {
      self.init(length: 1, cells: Self.tabCells, display: .spaces)
      return
    }
    let kind = ScalarKind(scalar)
    guard kind == .narrow || kind == .wide else {
      self.init(length: length, escape: .scalar(scalar.value))
      return
    }
    let marks = Self.marks(in: text, at: offset + length)
    self.init(length: length + marks, cells: kind == .wide ? 2 : 1, display: .verbatim)
  }

  private init(length: Int, escape: TextEscape) {
    self.init(length: length, cells: escape.cells, display: .escaped(escape))
  }

  private init(length: Int, cells: Int, display: Display) {
    self.length = length
    self.cells = cells
    self.display = display
  }

  /// The start of the unit that ends at or reaches over `offset`, which is above zero.
  ///
  /// Looks at a few scalars only, whatever the text is.
  static func start(before offset: Int, in text: [UInt8]) -> Int {
    let last = UTF8Scan.start(before: offset, in: text)
    var start = last
    for _ in 0..<markLimit {
      guard start > 0, kind(in: text, at: start) == .mark else { break }
      start = UTF8Scan.start(before: start, in: text)
    }
    let holdsMarks = start == last || carriesMarks(in: text, at: start)
    return holdsMarks ? start : last
  }

  /// Whether marks behind the scalar at `offset` belong to it.
  private static func carriesMarks(in text: [UInt8], at offset: Int) -> Bool {
    let kind = kind(in: text, at: offset)
    return (kind == .narrow || kind == .wide) && text[offset] != 0x09
  }

  private static func kind(in text: [UInt8], at offset: Int) -> ScalarKind {
    UTF8Scan.scalar(in: text, at: offset).scalar.map(ScalarKind.init) ?? .hidden
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
}

@testable import LineEditor

/// A small model of a terminal: what a person would see of the bytes written to it.
///
/// Knows exactly the sequences that the editor may write; every other control character or escape
/// is a violation.
struct VirtualTerminal {
  let columns: Int
  let rows: Int
  private(set) var row = 0
  private(set) var column = 0
  /// The last column is written, and the next character would go to the next row.
  private(set) var isWrapPending = false
  /// What must not have been written.
  private(set) var violations: [String] = []
  private(set) var isCursorHidden = false
  /// Whether the terminal breaks rows that are too long.
  private(set) var isWrapping = true
  private(set) var bells = 0
  /// Rows that went off at the top.
  private(set) var scrolled: [String] = []
  /// One text a cell; empty for the second half of a wide character.
  private var grid: [[String]]
  private var unread: [UInt8] = []

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    grid = Array(repeating: Self.blank(columns), count: rows)
  }

  /// The rows without the spaces at their ends, those below the last written one left out.
  var lines: [String] {
    var lines = grid.map(Self.text)
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Puts the cursor somewhere, as output of other programs would.
  mutating func place(row: Int) { self.row = row }

  /// Shows bytes; sequences may be split.
  mutating func write(_ bytes: [UInt8]) {
    unread += bytes
    var rest = unread[...]
    while let used = step(rest) { rest = rest.dropFirst(used) }
    unread = Array(rest)
  }

  /// Takes one character or sequence; gives its bytes, nil where it is not whole.
  private mutating func step(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.first else { return nil }
    switch first {
    case 0x0D:
      column = 0
      isWrapPending = false
    case 0x0A: lineFeed()
    case 0x07: bells += 1
    case 0x1B: return escape(bytes)
    case 0..<0x20, 0x7F: violations.append("control character \(first)")
    default: return character(bytes)
    }
    return 1
  }

  private mutating func character(_ bytes: ArraySlice<UInt8>) -> Int? {
    let text = Array(bytes.prefix(4))
    let needed = UTF8Scan.sequenceLength(lead: text[0])
    if text.count < needed { return nil }
    let (scalar, length) = UTF8Scan.scalar(in: text, at: 0)
    guard let scalar else {
      violations.append("byte \(text[0])")
      return 1
    }
    switch ScalarKind(scalar) {
    case .hidden: violations.append("scalar \(scalar.value)")
    case .mark: addMark(String(scalar))
    case .narrow: put(String(scalar), cells: 1)
    case .wide: put(String(scalar), cells: 2)
    }
    return length
  }

  private mutating func addMark(_ mark: String) {
    var place = isWrapPending ? column : column - 1
    if place > 0, grid[row][place].isEmpty { place -= 1 }
    if place >= 0 { grid[row][place] += mark }
  }

  private mutating func put(_ text: String, cells: Int) {
    if isWrapPending || column + cells > columns {
      violations.append("wrapped by the terminal")
      column = 0
      lineFeed()
    }
    grid[row][column] = text
    if cells == 2 { grid[row][column + 1] = "" }
    column += cells
    isWrapPending = column == columns
    if isWrapPending { column -= 1 }
  }

  private mutating func lineFeed() {
    isWrapPending = false
    if row < rows - 1 {
      row += 1
    } else {
      scrolled.append(Self.text(grid.removeFirst()))
      grid.append(Self.blank(columns))
    }
  }

  private mutating func escape(_ bytes: ArraySlice<UInt8>) -> Int? {
    let text = Array(bytes.prefix(32))
    guard text.count > 1 else { return nil }
    guard text[1] == UInt8(ascii: "[") else {
      violations.append("escape \(text[1])")
      return 2
    }
    guard let end = text.dropFirst(2).firstIndex(where: { (0x40..<0x7F).contains($0) }) else {
      return text.count == 32 ? 32 : nil
    }
    control(parameters: String(decoding: text[2..<end], as: UTF8.self), final: text[end])
    return end + 1
  }

  private mutating func control(parameters: String, final: UInt8) {
    let number = Int(parameters)
    if final != UInt8(ascii: "m") { isWrapPending = false }
    switch (Character(Unicode.Scalar(final)), parameters) {
    case ("A", _): row = max(row - (number ?? 1), 0)
    case ("B", _): row = min(row + (number ?? 1), rows - 1)
    case ("C", _): column = min(column + (number ?? 1), columns - 1)
    case ("H", ""): (row, column) = (0, 0)
    case ("K", ""): erase(from: column, row: row)
    case ("J", ""):
      erase(from: column, row: row)
      for below in (row + 1)..<max(rows, row + 1) { erase(from: 0, row: below) }
    case ("J", "2"): for any in 0..<rows { erase(from: 0, row: any) }
    case ("h", "?25"): isCursorHidden = false
    case ("l", "?25"): isCursorHidden = true
    case ("h", "?7"): isWrapping = true
    case ("l", "?7"): isWrapping = false
    case ("h", "?2004"), ("l", "?2004"), ("m", _): break
    default: violations.append("sequence \(parameters)\(final)")
    }
  }

  private mutating func erase(from column: Int, row: Int) {
    for place in column..<columns { grid[row][place] = " " }
  }

  private static func blank(_ columns: Int) -> [String] { Array(repeating: " ", count: columns) }

  private static func text(_ cells: [String]) -> String {
    var cells = cells
    while cells.last == " " { cells.removeLast() }
    return cells.joined()
  }
}

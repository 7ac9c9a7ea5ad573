/// Lines and columns of a text.
enum TextMetrics {
  static let lineFeed: UInt8 = 0x0A

  /// The line that holds `offset`, without its line feed.
  static func line(at offset: Int, in text: [UInt8]) -> Range<Int> {
    let start = text[..<offset].lastIndex(of: lineFeed).map { $0 + 1 } ?? 0
    let end = text[offset...].firstIndex(of: lineFeed) ?? text.count
    return start..<end
  }

  /// Cells of the units that lie wholly within a range of one line.
  static func cells(of range: Range<Int>, in text: [UInt8]) -> Int {
    var offset = range.lowerBound
    var cells = 0
    while offset < range.upperBound {
      let unit = TextUnit(in: text, at: offset)
      offset += unit.length
      if offset <= range.upperBound { cells += unit.cells }
    }
    return cells
  }

  /// Cells of a whole text that is shown in one line.
  static func cells(_ text: [UInt8]) -> Int { cells(of: 0..<text.count, in: text) }

  /// The offset in a line at a column, or before the unit that covers it.
  static func offset(column: Int, line: Range<Int>, in text: [UInt8]) -> Int {
    var offset = line.lowerBound
    var cells = 0
    while offset < line.upperBound {
      let unit = TextUnit(in: text, at: offset)
      cells += unit.cells
      if cells > column { break }
      offset += unit.length
    }
    return min(offset, line.upperBound)
  }
}

/// Writes one row: the only place where bytes of a text become bytes for the terminal.
struct RowWriter {
  private let palette: Palette
  private var row = Frame.Row(bytes: [], cells: 0)
  private var style = TextStyle.plain

  /// Starts an empty row.
  init(_ palette: Palette) { self.palette = palette }

  /// Cells written so far.
  var cells: Int { row.cells }

  /// Writes the unit of `text` at `offset`.
  mutating func append(_ unit: TextUnit, of text: [UInt8], at offset: Int, _ style: TextStyle) {
    switch unit.display {
    case .verbatim:
      change(to: style)
      row.bytes += text[offset..<(offset + unit.length)]
    case .spaces:
      change(to: style)
      row.bytes += repeatElement(0x20, count: unit.cells)
    case .escaped(let escape):
      change(to: .escaped)
      row.bytes += escape.bytes
    }
    row.cells += unit.cells
  }

  /// Writes what fits of a whole text, up to `limit` cells of the row.
  mutating func append(_ text: [UInt8], _ style: TextStyle, limit: Int) {
    var offset = 0
    while offset < text.count {
      let unit = TextUnit(in: text, at: offset)
      guard row.cells + unit.cells <= limit else { return }
      append(unit, of: text, at: offset, style)
      offset += unit.length
    }
  }

  /// The row, its style ended.
  mutating func finish() -> Frame.Row {
    change(to: .plain)
    return row
  }

  private mutating func change(to next: TextStyle) {
    guard next != style else { return }
    let before = palette.sequence(of: style)
    let after = palette.sequence(of: next)
    style = next
    guard before != after else { return }
    if before != nil { row.bytes += Palette.reset }
    if let after { row.bytes += after }
  }
}

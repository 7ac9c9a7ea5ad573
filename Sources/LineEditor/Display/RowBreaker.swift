/// A row of the text on the screen.
struct RowSpan: Equatable {
  /// What stands before the text.
  enum Lead: Equatable {
    case prompt
    case continuationPrompt
    /// Nothing: the row goes on with the line above.
    case nothing
  }

  /// The bytes in it.
  var range: Range<Int>
  let lead: Lead
}

/// Breaks lines of a text into rows.
struct RowBreaker {
  let text: [UInt8]
  let columns: Int
  /// Cells of the prompts.
  let promptCells: Int
  let continuationCells: Int

  /// The rows of a line, at least one.
  ///
  /// Where a row is full to its last cell and the line ends, an empty row follows, because the
  /// cursor behind the line needs a cell to stand on.
  func rows(of line: Range<Int>) -> [RowSpan] {
    let isFirst = line.lowerBound == 0
    let lead = isFirst ? RowSpan.Lead.prompt : .continuationPrompt
    var rows: [RowSpan] = []
    var row = RowSpan(range: line.lowerBound..<line.lowerBound, lead: lead)
    var cells = cells(of: lead)
    var offset = line.lowerBound
    while offset < line.upperBound {
      let unit = TextUnit(in: text, at: offset)
      if cells + unit.cells > columns {
        rows.append(row)
        row = RowSpan(range: offset..<offset, lead: .nothing)
        cells = 0
      }
      cells += unit.cells
      offset += unit.length
      row.range = row.range.lowerBound..<offset
    }
    rows.append(row)
    if cells == columns {
      rows.append(RowSpan(range: offset..<offset, lead: .nothing))
    }
    return rows
  }

  /// Cells of what stands before the text of a row.
  func cells(of lead: RowSpan.Lead) -> Int {
    switch lead {
    case .prompt: promptCells
    case .continuationPrompt: continuationCells
    case .nothing: 0
    }
  }
}

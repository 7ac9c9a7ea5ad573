/// Turns frames into the bytes that lead the screen from one to the next.
///
/// Uses only relative moves, since nobody knows in which row of the screen an entry starts. Rows
/// that stay the same are not written again.
struct Renderer {
  private var shown: Frame?
  /// Where the terminal's cursor stands in the frame while bytes are gathered.
  private var row = 0
  private var output: [UInt8] = []
  /// Whether rows are being written.
  private var isWriting = false

  /// The bytes that bring a frame onto the screen.
  mutating func draw(_ frame: Frame) -> [UInt8] {
    let before = rowsToKeep(for: frame)
    let isFirst = shown == nil
    var standing = before.count
    for (index, next) in frame.rows.enumerated() {
      if index < before.count, before[index] == next { continue }
      startRows(of: frame)
      go(to: index, standing: &standing)
      // Erases before writing: behind a full row the cursor stands upon its last cell.
      write("\r\u{1B}[K")
      output += next.bytes
    }
    if before.count > frame.rows.count {
      go(to: frame.rows.count, standing: &standing)
      write("\r\u{1B}[J")
    }
    if !output.isEmpty || isFirst || shown != frame { placeCursor(frame) }
    shown = frame
    return takeOutput()
  }

  /// The bytes that leave the frame on the screen and put the cursor on the line below it.
  mutating func leave() -> [UInt8] {
    guard let shown else { return [] }
    move(to: shown.rows.count - 1)
    write("\r\n")
    forget()
    return takeOutput()
  }

  /// The bytes that empty the screen, so that the next frame starts at its top.
  mutating func clear() -> [UInt8] {
    forget()
    return Array("\u{1B}[H\u{1B}[2J".utf8)
  }

  /// Takes the cursor to stand at the start of an empty line.
  mutating func forget() {
    shown = nil
    row = 0
  }

  /// The rows that stand on the screen as they were drawn; none where all must be drawn anew.
  private mutating func rowsToKeep(for frame: Frame) -> [Frame.Row] {
    guard let shown else { return [] }
    if shown.size == frame.size { return shown.rows }
    // A terminal of another width has broken the rows again.
    row = min(rowAfterResize(shown, to: frame.size), frame.size.rows - 1)
    write("\u{1B}[?25l")
    move(to: 0)
    write("\r\u{1B}[J")
    return []
  }

  /// The cursor's row once a terminal has broken rows that no longer fit into several.
  private func rowAfterResize(_ shown: Frame, to size: ScreenSize) -> Int {
    let above = shown.rows.prefix(shown.cursorRow).reduce(0) { sum, row in
      sum + max(1, (row.cells + size.columns - 1) / size.columns)
    }
    return above + shown.cursorColumn / size.columns
  }

  /// Readies the terminal for rows.
  ///
  /// The cursor is hidden where more than its own row may be drawn. Rows are not to be wrapped by
  /// the terminal, so that a character which it takes to be wider than the editor does can spoil
  /// one row only.
  private mutating func startRows(of frame: Frame) {
    guard !isWriting else { return }
    isWriting = true
    if frame.rows.count > 1 { write("\u{1B}[?25l") }
    write("\u{1B}[?7l")
  }

  private mutating func placeCursor(_ frame: Frame) {
    let isHidden = output.starts(with: "\u{1B}[?25l".utf8)
    if isWriting { write("\u{1B}[?7h") }
    isWriting = false
    move(to: frame.cursorRow)
    write("\r")
    if frame.cursorColumn > 0 { write("\u{1B}[\(frame.cursorColumn)C") }
    if isHidden { write("\u{1B}[?25h") }
  }

  /// Goes to a row, which is started by a line feed where it does not stand on the screen yet.
  private mutating func go(to index: Int, standing: inout Int) {
    if index >= standing, index > 0 {
      move(to: index - 1)
      write("\r\n")
      row = index
    } else {
      move(to: index)
    }
    standing = max(standing, index + 1)
  }

  private mutating func move(to index: Int) {
    if index < row { write("\u{1B}[\(row - index)A") }
    if index > row { write("\u{1B}[\(index - row)B") }
    row = index
  }

  private mutating func write(_ text: String) { output += text.utf8 }

  private mutating func takeOutput() -> [UInt8] {
    defer { output = [] }
    return output
  }
}

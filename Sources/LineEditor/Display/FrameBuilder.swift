/// Lays a view out on a screen.
struct FrameBuilder {
  private let view: EntryView
  private let size: ScreenSize
  private let palette: Palette
  private let prompt: [UInt8]
  private let continuationPrompt: [UInt8]

  /// Prepares a layout; prompts that take more than half of the width are left out.
  init(_ view: EntryView, size: ScreenSize, palette: Palette) {
    self.view = view
    self.size = size
    self.palette = palette
    let limit = size.columns / 2
    prompt = TextMetrics.cells(view.prompt) <= limit ? view.prompt : []
    let isFitting = TextMetrics.cells(view.continuationPrompt) <= limit
    continuationPrompt = isFitting ? view.continuationPrompt : []
  }

  /// The rows, never more than the screen has: the text around the cursor and the lines below.
  func frame() -> Frame {
    let footer = view.footer.prefix(size.rows - 1)
    let cursor = min(max(view.cursor, 0), view.text.count)
    let breaker = RowBreaker(
      text: view.text,
      columns: size.columns,
      promptCells: TextMetrics.cells(prompt),
      continuationCells: TextMetrics.cells(continuationPrompt)
    )
    let window = RowWindow(breaker, cursor: cursor, limit: size.rows - footer.count)
    var styles = StyleRuns(view.styles)
    let span = window.rows[window.cursorRow]
    let before = TextMetrics.cells(of: span.range.lowerBound..<cursor, in: view.text)
    return Frame(
      size: size,
      rows: window.rows.map { row($0, &styles) } + footer.map(row),
      cursorRow: window.cursorRow,
      cursorColumn: breaker.cells(of: span.lead) + before
    )
  }

  private func row(_ span: RowSpan, _ styles: inout StyleRuns) -> Frame.Row {
    var writer = RowWriter(palette)
    switch span.lead {
    case .prompt: writer.append(prompt, .prompt, limit: size.columns)
    case .continuationPrompt: writer.append(continuationPrompt, .prompt, limit: size.columns)
    case .nothing: break
    }
    var offset = span.range.lowerBound
    while offset < span.range.upperBound {
      let unit = TextUnit(in: view.text, at: offset)
      writer.append(unit, of: view.text, at: offset, styles.style(at: offset))
      offset += unit.length
    }
    return writer.finish()
  }

  private func row(_ line: FooterLine) -> Frame.Row {
    var writer = RowWriter(palette)
    for piece in line.pieces { writer.append(piece.text, piece.style, limit: size.columns) }
    return writer.finish()
  }
}

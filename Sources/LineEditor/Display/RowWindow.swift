/// The rows of a text that fit on the screen, the cursor among them.
///
/// Only lines near the cursor are broken into rows, so that long texts cost no more than the
/// screen and their longest line.
struct RowWindow {
  private(set) var rows: [RowSpan]
  /// The cursor's row among them.
  private(set) var cursorRow: Int

  /// Picks at most `limit` rows, the cursor in their middle where there are more.
  init(_ breaker: RowBreaker, cursor: Int, limit: Int) {
    let line = TextMetrics.line(at: cursor, in: breaker.text)
    rows = breaker.rows(of: line)
    let inLine = rows.lastIndex { $0.range.lowerBound <= cursor } ?? 0
    cursorRow = inLine
    addLines(before: line, breaker, limit: limit)
    addLines(behind: line, breaker, limit: limit)
    let top = min(max(cursorRow - limit / 2, 0), max(rows.count - limit, 0))
    rows = Array(rows[top...].prefix(limit))
    cursorRow -= top
  }

  private mutating func addLines(before line: Range<Int>, _ breaker: RowBreaker, limit: Int) {
    var start = line.lowerBound
    while start > 0, cursorRow < limit {
      let above = TextMetrics.line(at: start - 1, in: breaker.text)
      let added = breaker.rows(of: above)
      rows = added + rows
      cursorRow += added.count
      start = above.lowerBound
    }
  }

  private mutating func addLines(behind line: Range<Int>, _ breaker: RowBreaker, limit: Int) {
    var end = line.upperBound
    while end < breaker.text.count, rows.count - cursorRow < limit {
      let below = TextMetrics.line(at: end + 1, in: breaker.text)
      rows += breaker.rows(of: below)
      end = below.upperBound
    }
  }
}

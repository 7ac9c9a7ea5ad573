/// The candidates below the text, of which one may be selected.
struct CompletionMenu {
  let completions: Completions
  private(set) var selected: Int?
  private let labelCells: Int
  private let hasDetails: Bool

  private static let rowLimit = 10
  private static let gap = 2

  /// Opens a menu with nothing selected; `completions` has candidates.
  init(_ completions: Completions) {
    self.completions = completions
    labelCells = completions.candidates.map { TextMetrics.cells($0.label) }.max() ?? 0
    hasDetails = completions.candidates.contains { !$0.detail.isEmpty }
  }

  /// The candidate that Return takes.
  var choice: Completions.Candidate? { selected.map { completions.candidates[$0] } }

  /// Selects the next candidate, behind the last one the first.
  mutating func selectNext() {
    let count = completions.candidates.count
    selected = selected.map { ($0 + 1) % count } ?? 0
  }

  /// Selects the candidate before, before the first one the last.
  mutating func selectPrevious() {
    let count = completions.candidates.count
    selected = selected.map { ($0 + count - 1) % count } ?? count - 1
  }

  /// The rows to show: those around the selection, and how many candidates they leave out.
  func lines(size: ScreenSize) -> [FooterLine] {
    let limit = min(Self.rowLimit, size.rows / 2)
    guard limit > 0 else { return [] }
    let perRow = hasDetails ? 1 : max(1, size.columns / (labelCells + Self.gap))
    let count = completions.candidates.count
    let rows = (count + perRow - 1) / perRow
    if rows <= limit { return (0..<rows).map { line(row: $0, perRow: perRow, size: size) } }
    let shown = max(limit - 1, 1)
    let first = min(max((selected ?? 0) / perRow - shown / 2, 0), rows - shown)
    var lines = (first..<(first + shown)).map { line(row: $0, perRow: perRow, size: size) }
    let left = count - min(shown * perRow, count)
    if limit > 1 { lines.append(FooterLine("… \(left) more", .faint)) }
    return lines
  }

  private func line(row: Int, perRow: Int, size: ScreenSize) -> FooterLine {
    let candidates = completions.candidates
    // A long name must not push the details of all others off the screen.
    let column = min(labelCells, size.columns / 2)
    var line = FooterLine()
    for index in (row * perRow)..<min((row + 1) * perRow, candidates.count) {
      let candidate = candidates[index]
      line.append(candidate.label, index == selected ? .selected : .plain)
      let blanks = max(column - TextMetrics.cells(candidate.label), 0) + Self.gap
      line.append(Array(repeating: 0x20, count: blanks), .plain)
      if hasDetails { line.append(candidate.detail, .faint) }
    }
    return line
  }
}

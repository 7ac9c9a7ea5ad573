import SourceText

/// Series over an axis as points in a grid of characters.
struct PlotDrawing {
  private let data: ChartData
  private let width: Int
  private let height: Int
  private let joins: Bool
  private static let marks: [Character] = ["•", "+", "x", "o", "#", "*", "@", "%"]

  init(_ data: ChartData, width: Int, height: Int, joins: Bool) {
    self.data = data
    self.width = width
    self.height = height
    self.joins = joins
  }

  /// nil where there is no point to draw.
  var lines: [String]? {
    let values = data.series.flatMap { $0.values.compactMap { $0 } }
    guard let least = values.min(), let most = values.max(), let first = data.positions.min(),
      let last = data.positions.max()
    else { return nil }
    // Counts start at zero; a flat line stands in the middle.
    let floor = least >= 0 ? 0 : least
    let ceiling = most > floor ? most : floor + 1
    let scale = [ChartNumber.text(ceiling), ChartNumber.text(floor)]
    let margin = scale.map(\.count).max() ?? 0
    let columns = max(10, width - margin - 3)
    var grid = Grid(columns: columns, rows: height)
    for (number, series) in data.series.enumerated() {
      let points = zip(data.positions, series.values).compactMap { position, value in
        value.map { value in
          Point(
            x: last > first ? (position - first) / (last - first) : 0.5,
            y: (value - floor) / (ceiling - floor)
          )
        }
      }.sorted { $0.x < $1.x }
      grid.draw(points, Self.marks[number % Self.marks.count], joins: joins)
    }
    return framed(grid, scale, margin, columns) + legend
  }

  private func framed(
    _ grid: Grid,
    _ scale: [String],
    _ margin: Int,
    _ columns: Int
  ) -> [String] {
    var lines = grid.lines.enumerated().map { row, line in
      let number = row == 0 ? scale[0] : row == height - 1 ? scale[1] : ""
      let blanks = String(repeating: " ", count: margin - number.count)
      return "\(blanks)\(number) \(number.isEmpty ? "│" : "┤")\(line)"
    }
    let indent = String(repeating: " ", count: margin + 1)
    lines.append(indent + "└" + String(repeating: "─", count: columns))
    let order = data.positions.indices.sorted { data.positions[$0] < data.positions[$1] }
    if let first = order.first, let last = order.last {
      let left = TerminalText(data.labels[first]).fitted(to: columns / 2 - 1)
      let right = TerminalText(data.labels[last]).fitted(to: columns / 2 - 1)
      let gap = first == last ? 0 : max(1, columns - left.width - right.width)
      let end = first == last ? "" : right.text
      lines.append(indent + " " + left.text + String(repeating: " ", count: gap) + end)
    }
    return lines
  }

  private var legend: [String] {
    if data.series.count < 2 { return [] }
    let names = data.series.enumerated().map { number, series in
      "\(Self.marks[number % Self.marks.count]) \(TerminalText(series.name).text)"
    }
    return [TerminalText(names.joined(separator: "   ")).fitted(to: width).text]
  }
}

/// A place in a plot, both from 0 to 1.
private struct Point {
  let x: Double
  let y: Double
}

/// Characters in lines and columns.
private struct Grid {
  private let columns: Int
  private let rows: Int
  private var cells: [[Character]]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  var lines: [String] {
    cells.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }

  mutating func draw(_ points: [Point], _ mark: Character, joins: Bool) {
    for point in points { put(column(point.x), row(point.y), mark) }
    guard joins else { return }
    for (from, to) in zip(points, points.dropFirst()) {
      let (start, end) = (column(from.x), column(to.x))
      guard end > start + 1 else { continue }
      for column in start + 1..<end {
        let share = Double(column - start) / Double(end - start)
        let row = row(from.y + (to.y - from.y) * share)
        if cells[row][column] == " " { cells[row][column] = "·" }
      }
    }
  }

  private mutating func put(_ column: Int, _ row: Int, _ mark: Character) {
    cells[row][column] = mark
  }

  private func column(_ x: Double) -> Int {
    max(0, min(columns - 1, Int((x * Double(columns - 1)).rounded())))
  }

  private func row(_ y: Double) -> Int {
    max(0, min(rows - 1, rows - 1 - Int((y * Double(rows - 1)).rounded())))
  }
}

public import Execution
public import QueryPlan
import SourceText

/// Draws what `render` asks for with the characters of a terminal.
public struct ChartDrawing {
  private let width: Int
  private let height: Int

  /// - Parameters:
  ///   - width: columns of the terminal.
  ///   - height: lines that a plot may take.
  public init(width: Int, height: Int = 18) {
    self.width = max(30, width)
    self.height = max(6, height)
  }

  /// The lines of a chart, safe for a terminal; nil where its kind or the rows cannot be drawn.
  public func lines(_ result: QueryResult, _ render: Render) throws -> [String]? {
    guard let kind = ChartKind(render), let data = try ChartData(result, render) else { return nil }
    let title = render.properties["title"].map { [TerminalText($0).fitted(to: width).text] } ?? []
    let drawn: [String]?
    switch kind {
    case .bars: drawn = BarDrawing(data, width: width, showsShares: false).lines
    case .shares: drawn = BarDrawing(data, width: width, showsShares: true).lines
    case .lines: drawn = PlotDrawing(data, width: width, height: height, joins: true).lines
    case .points: drawn = PlotDrawing(data, width: width, height: height, joins: false).lines
    }
    return drawn.map { title + $0 }
  }

  /// A bar for each number, safe for a terminal; nil where there are more than anybody reads.
  public func bars(_ numbers: [(label: String, value: Double)]) -> [String]? {
    BarDrawing(ChartData(bars: numbers), width: width, showsShares: false).lines
  }
}

/// Horizontal bars, a line each.
struct BarDrawing {
  private let data: ChartData
  private let width: Int
  private let showsShares: Bool
  private static let mostBars = 200
  private static let longestLabel = 32

  init(_ data: ChartData, width: Int, showsShares: Bool) {
    self.data = data
    self.width = width
    self.showsShares = showsShares
  }

  /// nil where there are more bars than anybody reads, or one that has no length.
  var lines: [String]? {
    var bars: [(label: TerminalText, value: Double)] = []
    for (place, label) in data.labels.enumerated() {
      for series in data.series {
        guard let value = series.values[place] else { continue }
        let name = data.series.count > 1 ? "\(label) · \(series.name)" : label
        bars.append((TerminalText(name).fitted(to: Self.longestLabel), value))
      }
    }
    if bars.isEmpty || bars.count > Self.mostBars { return nil }
    let total = bars.reduce(0) { $0 + $1.value }
    let most = bars.reduce(0) { max($0, $1.value) }
    let least = bars.reduce(0) { min($0, $1.value) }
    if showsShares, least < 0 || total <= 0 { return nil }
    let numbers = bars.map { bar in
      ChartNumber.text(bar.value)
        + (showsShares ? "  \(ChartNumber.percent(bar.value / total))" : "")
    }
    let labels = bars.reduce(0) { max($0, $1.label.width) }
    let room = max(8, width - labels - (numbers.map(\.count).max() ?? 0) - 4)
    let largest = max(most, -least)
    return zip(bars, numbers).map { bar, number in
      let cells = largest > 0 ? bar.value.magnitude / largest * Double(room) : 0
      let gap = String(repeating: " ", count: labels - bar.label.width)
      return "\(bar.label.text)\(gap)  \(Self.bar(cells, isNegative: bar.value < 0)) \(number)"
    }
  }

  /// A bar of whole and eighth blocks; of light ones where it is below zero.
  private static func bar(_ cells: Double, isNegative: Bool) -> String {
    if isNegative { return String(repeating: "░", count: max(1, Int(cells.rounded()))) }
    let eighths = Int((cells * 8).rounded())
    let whole = String(repeating: "█", count: eighths / 8)
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return whole + parts[eighths % 8]
  }
}

/// Numbers beside a chart.
enum ChartNumber {
  /// A number in a few characters.
  static func text(_ value: Double) -> String {
    if value == value.rounded(), value.magnitude < 1e15 { return String(Int64(value)) }
    let scale = value.magnitude >= 100 ? 10.0 : 1000.0
    return String((value * scale).rounded() / scale)
  }

  static func percent(_ share: Double) -> String {
    String((share * 1000).rounded() / 10) + " %"
  }
}

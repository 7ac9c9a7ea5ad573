import Columnar
import Execution
import KQLBinding
import QueryPlan

/// The numbers of a chart: series over an axis.
struct ChartData {
  /// Numbers that belong together, one for each place of the axis; nil where there is none.
  struct Series {
    let name: String
    var values: [Double?]
  }

  /// What stands at the places of the axis.
  let labels: [String]
  /// Where the places are, for charts whose axis is a number or a time.
  let positions: [Double]
  let series: [Series]

  /// The most places and series of a chart on a terminal.
  private static let mostPlaces = 100_000
  private static let mostSeries = 8

  /// Finds the columns of a chart; nil where the rows have none for it.
  ///
  /// The axis is the column that `xcolumn` names, else the first time for charts over time, else
  /// the first column. A text beside it splits the numbers into series.
  init?(_ result: QueryResult, _ render: Render) throws {
    let columns = result.schema.columns
    let isOverTime = ChartKind(render)?.isOverTime ?? false
    let named = render.properties["xcolumn"].flatMap { name in
      columns.firstIndex { $0.name == name }
    }
    let firstTime = columns.firstIndex { $0.type == .datetime }
    let ordered = columns.firstIndex { $0.type == .datetime || $0.type.isNumeric }
    guard let axis = named ?? (isOverTime ? firstTime ?? ordered : columns.indices.first) else {
      return nil
    }
    let numbers = columns.indices.filter { $0 != axis && columns[$0].type.isNumeric }
    let split = columns.indices.first { $0 != axis && columns[$0].type == .string }
    guard !numbers.isEmpty, result.rowCount > 0 else { return nil }
    var table = ChartTable()
    try result.forEachRow { row in
      let place = table.place(row[axis])
      for number in numbers {
        let parts = [
          split.map { Self.text(row[$0]) }, numbers.count > 1 ? columns[number].name : nil,
        ]
        let name = parts.compactMap { $0 }.joined(separator: " ")
        table.put(
          Self.number(row[number]),
          series: name.isEmpty ? columns[number].name : name,
          at: place
        )
      }
    }
    guard table.labels.count <= Self.mostPlaces, table.series.count <= Self.mostSeries else {
      return nil
    }
    labels = table.labels
    positions = table.positions
    series = table.series.map { series in
      let gap = Array<Double?>(repeating: nil, count: table.labels.count - series.values.count)
      return Series(name: series.name, values: series.values + gap)
    }
  }

  /// One series of numbers with labels.
  init(bars: [(label: String, value: Double)]) {
    labels = bars.map(\.label)
    positions = bars.indices.map { Double($0) }
    series = [Series(name: "", values: bars.map { $0.value })]
  }

  static func text(_ value: Scalar) -> String {
    var sink = ByteSink(capacity: 32)
    CellText.append(value, to: &sink)
    return sink.text()
  }

  static func number(_ value: Scalar) -> Double? {
    switch value {
    case .int(let item): Double(item)
    case .long(let item): Double(item)
    case .real(let item): item.isFinite ? Optional(item) : nil
    case .decimal(let item): Double(item)
    case .datetime(let item): Double(item.ticks)
    case .timespan(let item): Double(item.ticks)
    default: nil
    }
  }
}

/// Collects the cells of a chart.
private struct ChartTable {
  var labels: [String] = []
  var positions: [Double] = []
  var series: [ChartData.Series] = []
  private var places: [String: Int] = [:]
  private var numbers: [String: Int] = [:]

  mutating func place(_ value: Scalar) -> Int {
    let label = ChartData.text(value)
    if let known = places[label] { return known }
    places[label] = labels.count
    positions.append(ChartData.number(value) ?? Double(labels.count))
    labels.append(label)
    return labels.count - 1
  }

  mutating func put(_ value: Double?, series name: String, at place: Int) {
    let number = numbers[name] ?? series.count
    if number == series.count {
      numbers[name] = number
      series.append(ChartData.Series(name: name, values: []))
    }
    while series[number].values.count <= place { series[number].values.append(nil) }
    series[number].values[place] = value
  }
}

/// The charts that a terminal can show.
enum ChartKind {
  /// A bar for each place and series.
  case bars
  /// The same with shares of the whole.
  case shares
  /// Points joined by lines.
  case lines
  /// Points alone.
  case points

  init?(_ render: Render) {
    switch render.visualization {
    case "barchart", "columnchart", "stackedbarchart": self = .bars
    case "piechart": self = .shares
    case "timechart", "linechart", "areachart", "stackedareachart", "anomalychart": self = .lines
    case "scatterchart": self = .points
    default: return nil
    }
  }

  /// Whether the axis is a time where the rows have one.
  var isOverTime: Bool { self == .lines || self == .points }
}

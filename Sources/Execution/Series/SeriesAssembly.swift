import Columnar
import QueryPlan

/// Lays the values of bins out as arrays, one row a key.
struct SeriesAssembly {
  private let series: MakeSeries
  private let axis: SeriesAxis
  private let rows: Batch
  private let context: ExecutionContext
  /// Value of each row for each array, and what stands where a bin has no row.
  private let values: [Vector]
  private let missing: [Scalar]

  /// Takes rows of keys, bin number and aggregates.
  init(
    _ series: MakeSeries,
    axis: SeriesAxis,
    rows: Batch,
    layout: ColumnLayout,
    context: ExecutionContext
  ) throws {
    self.series = series
    self.axis = axis
    self.rows = rows
    self.context = context
    let compiler = ExpressionCompiler(layout: layout, context: context)
    values = try series.values.map {
      try compiler.compile($0.value.expression).evaluate(rows)
    }
    let constants = ExpressionCompiler(layout: ColumnLayout([]), context: context)
    missing = try series.values.map { value in
      let given = try value.missing.map { try constants.constant($0) }
      return SeriesDefault.value(given, for: value.value.expression.type)
    }
  }

  func run() throws -> Batch {
    let keyCount = series.keys.count
    let keys = Array(rows.columns[..<keyCount])
    let groups = SeriesGroups(keys: keys, bins: rows.columns[keyCount], count: rows.count)
    if groups.count == 0 {
      guard series.isNonEmpty, keyCount == 0 else { return Batch(columns: [], count: 0) }
      return try batch(keys: [], groups: SeriesGroups.single)
    }
    return try batch(keys: groups.firstRows.gathering(keys), groups: groups)
  }

  private func batch(keys: [Vector], groups: SeriesGroups) throws -> Batch {
    let arrays = SeriesArrays(count: values.count + 1)
    for group in 0..<groups.count {
      try context.budget.check()
      let span = try span(of: group, groups)
      let places = groups.places(of: group, from: span.lowerBound, count: span.count)
      for (index, value) in values.enumerated() {
        try arrays.append(index, of: places, value, or: missing[index])
      }
      try arrays.append(values.count, axis, span)
      try context.budget.charge(span.count * 9 * (values.count + 1))
    }
    var columns: [ColumnID: Vector] = [:]
    for (key, vector) in zip(series.keys, keys) { columns[key.column.id] = vector }
    let finished = arrays.finish()
    for (value, vector) in zip(series.values, finished) { columns[value.value.column.id] = vector }
    columns[series.axis.column.id] = finished.last
    let output = series.columns.map { column in
      columns[column.id] ?? Vector(constant: .missing(column.type), count: groups.count)
    }
    return Batch(columns: output, count: groups.count)
  }

  /// The numbers of the bins of a group's series.
  private func span(of group: Int, _ groups: SeriesGroups) throws -> Range<Int64> {
    let data = groups.range(of: group)
    let first = axis.firstBin ?? data?.lowerBound ?? axis.endBin ?? 0
    let end = axis.endBin ?? data.map { $0.upperBound &+ 1 } ?? first
    let length = end.subtractingReportingOverflow(first)
    if length.overflow || length.partialValue > Int64(SeriesAxis.lengthLimit) {
      throw SeriesAxis.tooLong
    }
    return first..<max(first, end)
  }
}

/// What stands in a series where a bin has no row.
enum SeriesDefault {
  /// The given default in the type of the values, else zero for numbers and null for the rest.
  static func value(_ given: Scalar?, for type: ScalarType) -> Scalar {
    guard let given else { return zero(of: type) }
    switch (given, type) {
    case (.int(let value), .real): return .real(Double(value))
    case (.long(let value), .real): return .real(Double(value))
    case (.real(let value), .long), (.real(let value), .int):
      return Int64(exactly: value).map { .long($0) } ?? given
    default: return given
    }
  }

  private static func zero(of type: ScalarType) -> Scalar {
    switch type {
    case .int, .long: .long(0)
    case .real: .real(0)
    case .decimal: .decimal(.zero)
    case .timespan: .timespan(TimeSpan(ticks: 0))
    default: .null(type)
    }
  }
}

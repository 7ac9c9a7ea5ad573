import Columnar
import QueryPlan

extension PlanCompiler {
  /// The most rows that `range` makes.
  private static let rangeLimit = 100_000_000

  /// Runs `range`: numbers, datetimes or timespans at equal steps.
  func compile(_ range: RangeSource) throws -> Flow {
    let from = try constants.constant(range.from)
    let to = try constants.constant(range.to)
    let step = try constants.constant(range.step)
    let columns: [Vector]
    switch range.column.type {
    case .real: columns = try reals(from, to, step)
    default:
      columns = try wholeNumbers(from, to, step).map { retyped($0, range.column.type) }
    }
    return flow(columns.map { Batch(columns: [$0], count: $0.count) }, [range.column])
  }

  private func wholeNumbers(_ from: Scalar, _ to: Scalar, _ step: Scalar) throws -> [Vector] {
    var values = RangeValues<Int64>()
    guard let start = from.wholeNumber, let end = to.wholeNumber, let step = step.wholeNumber,
      step != 0
    else { return values.finish() }
    var value = start
    while step > 0 ? value <= end : value >= end {
      values.append(value)
      try checkRange(values.count)
      let next = value.addingReportingOverflow(step)
      if next.overflow { break }
      value = next.partialValue
    }
    return values.finish()
  }

  private func reals(_ from: Scalar, _ to: Scalar, _ step: Scalar) throws -> [Vector] {
    var values = RangeValues<Double>()
    guard let start = from.realNumber, let end = to.realNumber, let step = step.realNumber,
      step != 0, start.isFinite, end.isFinite, step.isFinite
    else { return values.finish() }
    var index = 0.0
    while true {
      let value = start + index * step
      if step > 0 ? value > end : value < end { break }
      values.append(value)
      try checkRange(values.count)
      index += 1
    }
    return values.finish()
  }

  private func checkRange(_ rows: Int) throws {
    if rows & 0xFFFF == 0 { try context.budget.check() }
    if rows > Self.rangeLimit {
      throw QueryFailure(
        .rows,
        "range makes more than \(Self.rangeLimit) rows; use a larger step"
      )
    }
  }

  /// The same 64-bit values under another type; int narrows.
  private func retyped(_ vector: Vector, _ type: ScalarType) -> Vector {
    if type == .int {
      let builder = FixedBuilder<Int32>(capacity: vector.count)
      for row in 0..<vector.count {
        guard case .long(let value) = vector.scalar(at: row) else { continue }
        builder.append(Int32(truncatingIfNeeded: value))
      }
      return builder.finish()
    }
    return Vector(type: type, count: vector.count, layout: vector.layout)
  }
}

/// Values in vectors of a limited length, so that none is copied as they grow and several workers
/// get some.
private struct RangeValues<Value: FixedWidthValue> {
  private var full: [Vector] = []
  private var builder = FixedBuilder<Value>()
  /// Values so far.
  private(set) var count = 0
  private static var longest: Int { 1 << 18 }

  mutating func append(_ value: Value) {
    builder.append(value)
    count += 1
    if builder.count == Self.longest { full.append(builder.finish()) }
  }

  /// All values in order.
  mutating func finish() -> [Vector] {
    if builder.count > 0 || full.isEmpty { full.append(builder.finish()) }
    return full
  }
}

extension Scalar {
  /// The value as 64-bit whole number: numbers, and the ticks of times.
  var wholeNumber: Int64? {
    switch self {
    case .int(let value): Int64(value)
    case .long(let value): value
    case .real(let value): Int64(exactly: value.rounded(.towardZero))
    case .datetime(let value): value.ticks
    case .timespan(let value): value.ticks
    default: nil
    }
  }

  /// The value as a real number.
  var realNumber: Double? {
    switch self {
    case .int(let value): Double(value)
    case .long(let value): Double(value)
    case .real(let value): value
    default: nil
    }
  }
}

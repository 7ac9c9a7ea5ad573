import Columnar
import QueryPlan
import SourceText

/// The axis of a `make-series`: equal steps, numbered from an origin.
struct SeriesAxis: Sendable {
  /// The most elements of a series.
  static let lengthLimit = 1_048_576

  /// Numbers of the two kinds of axis: whole numbers and ticks, or reals.
  enum Scale: Sendable {
    case whole(origin: Int64, step: Int64, from: Int64?, to: Int64?)
    case real(origin: Double, step: Double, from: Double?, to: Double?)
  }

  let type: ScalarType
  let scale: Scale
  /// Whether a value equal to `to` belongs to the axis.
  let includesEnd: Bool

  init(_ series: MakeSeries, _ constants: ExpressionCompiler) throws {
    type = series.axis.expression.type
    includesEnd = series.isInRange
    let from = try series.from.map { try constants.constant($0) }
    let to = try series.to.map { try constants.constant($0) }
    let step = try constants.constant(series.step)
    for (bound, name) in [(from, "from"), (to, "to"), (step, "step")] where bound?.isNull == true {
      throw QueryFailure(.evaluation, "'\(name)' of make-series is null")
    }
    switch type {
    case .int, .long, .datetime, .timespan:
      guard let width = step.wholeNumber, width > 0 else { throw Self.badStep }
      scale = .whole(
        origin: includesEnd ? 0 : from?.wholeNumber ?? 0,
        step: width,
        from: from?.wholeNumber,
        to: to?.wholeNumber
      )
    case .real:
      guard let width = step.realNumber, width > 0, width.isFinite else { throw Self.badStep }
      scale = .real(
        origin: includesEnd ? 0 : from?.realNumber ?? 0,
        step: width,
        from: from?.realNumber,
        to: to?.realNumber
      )
    default:
      throw QueryFailure(
        .unsupported,
        "the axis of make-series is of type \(type.name); it must be a number or a time"
      )
    }
    if from != nil && firstBin == nil || to != nil && endBin == nil { throw Self.tooLong }
  }

  /// The failure of a series with too many elements.
  static var tooLong: QueryFailure {
    QueryFailure(
      .evaluation,
      "a series of make-series would have more than \(lengthLimit) elements; "
        + "use a larger step or a shorter range"
    )
  }

  private static var badStep: QueryFailure {
    QueryFailure(.evaluation, "the step of make-series must be more than zero")
  }

  /// The number of the bin of a value; nil outside of the axis.
  func bin(of value: Int64) -> Int64? {
    guard case .whole(let origin, let step, let from, let to) = scale else { return nil }
    if let from, value < from { return nil }
    if let to, includesEnd ? value > to : value >= to { return nil }
    return Self.floorDivide(value, origin, step)
  }

  /// The number of the bin of a value; nil outside of the axis.
  func bin(of value: Double) -> Int64? {
    guard case .real(let origin, let step, let from, let to) = scale, value.isFinite else {
      return nil
    }
    if let from, value < from { return nil }
    if let to, includesEnd ? value > to : value >= to { return nil }
    return Int64(exactly: ((value - origin) / step).rounded(.down))
  }

  /// The number of the first bin; nil where the data decide.
  var firstBin: Int64? {
    switch scale {
    case .whole(let origin, let step, let from, _):
      from.flatMap { Self.floorDivide($0, origin, step) }
    case .real(let origin, let step, let from, _):
      from.flatMap { Int64(exactly: (($0 - origin) / step).rounded(.down)) }
    }
  }

  /// The number behind the last bin; nil where the data decide.
  var endBin: Int64? {
    switch scale {
    case .whole(let origin, let step, _, let to):
      guard let to else { return nil }
      guard let last = Self.floorDivide(to, origin, step) else { return nil }
      let isOnBin = (to &- origin) % step == 0
      return isOnBin && !includesEnd ? last : last &+ 1
    case .real(let origin, let step, _, let to):
      guard let to else { return nil }
      let bins = (to - origin) / step
      return Int64(exactly: includesEnd ? bins.rounded(.down) + 1 : bins.rounded(.up))
    }
  }

  /// The value at the start of a bin; null beyond the range of the type.
  func value(of bin: Int64) -> Scalar {
    switch scale {
    case .whole(let origin, let step, _, _):
      let distance = bin.multipliedReportingOverflow(by: step)
      let value = origin.addingReportingOverflow(distance.partialValue)
      return distance.overflow || value.overflow ? .null(type) : typed(value.partialValue)
    case .real(let origin, let step, _, _): return .real(origin + Double(bin) * step)
    }
  }

  private func typed(_ value: Int64) -> Scalar {
    switch type {
    case .datetime: DateTime(checkedTicks: value).map { .datetime($0) } ?? .null(type)
    case .timespan: .timespan(TimeSpan(ticks: value))
    default: .long(value)
    }
  }

  private static func floorDivide(_ value: Int64, _ origin: Int64, _ step: Int64) -> Int64? {
    let distance = value.subtractingReportingOverflow(origin)
    if distance.overflow { return nil }
    let quotient = distance.partialValue / step
    return distance.partialValue % step < 0 ? quotient &- 1 : quotient
  }
}

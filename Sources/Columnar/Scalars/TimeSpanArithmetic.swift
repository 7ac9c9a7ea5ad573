extension TimeSpan {
  /// The sum; nil out of range.
  @inlinable public func adding(_ other: TimeSpan) -> TimeSpan? {
    let (sum, overflow) = ticks.addingReportingOverflow(other.ticks)
    return overflow ? nil : TimeSpan(ticks: sum)
  }

  /// The difference; nil out of range.
  @inlinable public func subtracting(_ other: TimeSpan) -> TimeSpan? {
    let (difference, overflow) = ticks.subtractingReportingOverflow(other.ticks)
    return overflow ? nil : TimeSpan(ticks: difference)
  }

  /// The span as often as `factor` says; nil out of range.
  @inlinable public func multiplied(by factor: Int64) -> TimeSpan? {
    let (product, overflow) = ticks.multipliedReportingOverflow(by: factor)
    return overflow ? nil : TimeSpan(ticks: product)
  }

  /// The span times a real, without a part of a tick; nil out of range and for NaN.
  @inlinable public func multiplied(by factor: Double) -> TimeSpan? {
    Int64(exactly: (Double(ticks) * factor).rounded(.towardZero)).map { TimeSpan(ticks: $0) }
  }

  /// A whole part of the span, without a part of a tick; nil for a divisor of 0 and out of range.
  @inlinable public func divided(by divisor: Int64) -> TimeSpan? {
    let (quotient, overflow) = ticks.dividedReportingOverflow(by: divisor)
    return overflow ? nil : TimeSpan(ticks: quotient)
  }

  /// How often another span fits, with fraction; infinite or NaN for a divisor of 0.
  @inlinable public func divided(by divisor: TimeSpan) -> Double {
    Double(ticks) / Double(divisor.ticks)
  }

  /// The rest of the division by another span, never negative as that of numbers; nil for a
  /// divisor of 0.
  @inlinable public func remainder(dividingBy divisor: TimeSpan) -> TimeSpan? {
    let (rest, overflow) = ticks.remainderReportingOverflow(dividingBy: divisor.ticks)
    guard divisor.ticks != 0, !overflow else {
      return divisor.ticks == 0 ? nil : TimeSpan(ticks: 0)
    }
    return TimeSpan(ticks: rest < 0 ? rest &+ Int64(clamping: divisor.ticks.magnitude) : rest)
  }

  /// The span without its sign; nil for the least one.
  @inlinable public var magnitude: TimeSpan? {
    Int64(exactly: ticks.magnitude).map { TimeSpan(ticks: $0) }
  }

  /// The span with the other sign; nil for the least one.
  @inlinable public var negated: TimeSpan? {
    let (difference, overflow) = Int64(0).subtractingReportingOverflow(ticks)
    return overflow ? nil : TimeSpan(ticks: difference)
  }
}

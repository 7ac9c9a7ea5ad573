import Columnar

/// Count, mean and sum of squared deviations, kept without cancellation (Welford, Chan).
struct Moments: BitwiseCopyable {
  var count: Double = 0
  var mean: Double = 0
  var squares: Double = 0

  @inline(__always)
  mutating func add(_ value: Double) {
    count += 1
    let deviation = value - mean
    mean += deviation / count
    squares += deviation * (value - mean)
  }

  mutating func add(_ later: Moments) {
    guard later.count > 0 else { return }
    guard count > 0 else {
      self = later
      return
    }
    let total = count + later.count
    let deviation = later.mean - mean
    squares += later.squares + deviation * deviation * (count * later.count / total)
    mean += deviation * (later.count / total)
    count = total
  }
}

/// A value that statistics take as a real; times count in ticks.
///
/// Instants count from the year 2020, so that a real holds those of our days to the tick: what
/// is made of moments does not depend on the origin.
protocol MeasuredValue: FixedWidthValue {
  var measure: Double { get }
}

extension Int32: MeasuredValue { var measure: Double { Double(self) } }
extension Int64: MeasuredValue { var measure: Double { Double(self) } }
extension Double: MeasuredValue { var measure: Double { self } }
extension TimeSpan: MeasuredValue { var measure: Double { Double(ticks) } }
extension DateTime: MeasuredValue {
  var measure: Double { Double(ticks &- 637_134_336_000_000_000) }
}

/// What is made of moments in the end.
protocol MomentResult {
  static func value(_ moments: Moments) -> Double
}

/// `variance`: squared deviations over n − 1; 0 for fewer than two values.
enum SampleVariance: MomentResult {
  static func value(_ moments: Moments) -> Double {
    moments.count > 1 ? moments.squares / (moments.count - 1) : 0
  }
}

/// `variancep`: squared deviations over n; 0 over no rows.
enum PopulationVariance: MomentResult {
  static func value(_ moments: Moments) -> Double {
    moments.count > 0 ? moments.squares / moments.count : 0
  }
}

/// `stdev`.
enum SampleDeviation: MomentResult {
  static func value(_ moments: Moments) -> Double { SampleVariance.value(moments).squareRoot() }
}

/// `stdevp`.
enum PopulationDeviation: MomentResult {
  static func value(_ moments: Moments) -> Double {
    PopulationVariance.value(moments).squareRoot()
  }
}

/// Variance and standard deviation.
enum MomentRule<Value: MeasuredValue, Outcome: MomentResult>: FoldRule {
  static var empty: Moments { Moments() }
  @inline(__always)
  static func add(_ value: Value, to total: inout Moments) { total.add(value.measure) }
  static func combine(_ later: Moments, into total: inout Moments) { total.add(later) }
  static func result(_ total: Moments) -> Double? { Outcome.value(total) }
}

import Columnar

/// Count, means and sum of products of deviations of two values.
struct JointMoments: BitwiseCopyable {
  var count: Double = 0
  var firstMean: Double = 0
  var secondMean: Double = 0
  var products: Double = 0

  mutating func add(_ first: Double, _ second: Double) {
    count += 1
    let deviation = first - firstMean
    firstMean += deviation / count
    secondMean += (second - secondMean) / count
    products += deviation * (second - secondMean)
  }

  mutating func add(_ later: JointMoments) {
    guard later.count > 0 else { return }
    let total = count + later.count
    let first = later.firstMean - firstMean
    let second = later.secondMean - secondMean
    products += later.products + first * second * (count * later.count / total)
    firstMean += first * (later.count / total)
    secondMean += second * (later.count / total)
    count = total
  }
}

/// `covariance(x, y)` and `covariancep(x, y)` over rows in which neither is null.
final class CovarianceState: AggregateState {
  private let isSample: Bool
  private let totals = GroupArray<JointMoments>(filler: JointMoments())

  init(isSample: Bool) { self.isSample = isSample }

  var byteCount: Int { totals.byteCount }

  func reserve(groups: Int) { totals.resize(to: groups) }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    let first = arguments[0].measures(count)
    let second = arguments[1].measures(count)
    for row in 0..<count {
      guard let x = first[row], let y = second[row] else { continue }
      totals.base[Int(groups[row])].add(x, y)
    }
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) {
    let later = same(other, groups: count)
    for group in 0..<count { totals.base[Int(mapping[group])].add(later.totals[group]) }
  }

  func finish(groups: Int) -> [Vector] {
    let builder = FixedBuilder<Double>(capacity: groups)
    for group in 0..<groups {
      let moments = totals[group]
      let divisor = isSample ? moments.count - 1 : moments.count
      builder.append(divisor > 0 ? moments.products / divisor : 0)
    }
    return [builder.finish()]
  }
}

extension Vector {
  /// The rows as reals, as statistics take them; nil for null and for types without a measure.
  func measures(_ count: Int) -> [Double?] {
    switch type {
    case .int: measures(Int32.self, count)
    case .long: measures(Int64.self, count)
    case .real: measures(Double.self, count)
    case .datetime: measures(DateTime.self, count)
    case .timespan: measures(TimeSpan.self, count)
    case .decimal: measures(Decimal128.self, count)
    case .bool, .string, .guid, .dynamic: [Double?](repeating: nil, count: count)
    }
  }

  private func measures<Value: MeasuredValue>(_: Value.Type, _ count: Int) -> [Double?] {
    var found = [Double?](repeating: nil, count: count)
    withFixedRows(Value.self) { rows, nulls in
      forEachRow(nulls, count) { found[$0] = rows[$0].measure }
    }
    return found
  }
}

import Columnar

/// `dcount(x)`: the number of different values without nulls, exact while they are few.
///
/// While all groups together have few values, these are numbered and each group has a set of
/// numbers; then each group counts hashes. Either way the result depends on the values alone.
final class DistinctState: AggregateState {
  private let hasher: ValueHasher
  private let accuracy: DistinctAccuracy
  private var domain: SmallDomain?
  private let counter: DistinctCounter
  private var groupCount = 0

  init(type: ScalarType, accuracy: DistinctAccuracy) {
    hasher = ValueHasher(type: type)
    self.accuracy = accuracy
    domain = SmallDomain(ValueHasher(type: type))
    counter = DistinctCounter(accuracy)
  }

  var byteCount: Int { domain?.byteCount ?? counter.byteCount }

  func reserve(groups: Int) {
    groupCount = max(groupCount, groups)
    if let domain {
      domain.reserve(groups: groupCount)
    } else {
      counter.reserve(groups: groupCount)
    }
  }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    if let domain {
      domain.add(arguments[0], groups: groups, count: count)
      if domain.isFull { leaveDomain() }
      return
    }
    hasher.forEachHash(arguments[0], count) { row, hash in
      counter.add(hash, group: Int(groups[row]))
    }
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) {
    let later = same(other, groups: count)
    if let domain, let more = later.domain {
      domain.merge(more, mapping: mapping, count: count)
      if domain.isFull { leaveDomain() }
      return
    }
    leaveDomain()
    later.leaveDomain()
    counter.merge(later.counter, mapping: mapping, count: count)
  }

  func finish(groups: Int) throws -> [Vector] {
    counter.settle()
    let builder = FixedBuilder<Int64>(capacity: groups)
    for group in 0..<groups {
      if group & 0xFFF == 0 { try MemoryAccount.checkEnd() }
      builder.append(domain.map { count($0, group) } ?? counter.count(group))
    }
    return [builder.finish()]
  }

  private func count(_ domain: SmallDomain, _ group: Int) -> Int64 {
    let count = domain.count(group)
    if count <= accuracy.exactLimit { return Int64(count) }
    let sketch = HyperLogLog(precision: accuracy.precision)
    domain.forEachHash(group) { sketch.add($0) }
    return sketch.estimate
  }

  /// Goes on with hashes.
  private func leaveDomain() {
    guard let domain else { return }
    self.domain = nil
    counter.reserve(groups: groupCount)
    for group in 0..<groupCount {
      domain.forEachHash(group) { counter.add($0, group: group) }
    }
  }
}

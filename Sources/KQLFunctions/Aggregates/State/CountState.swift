import Columnar

/// `count()`: rows of each group, whatever the arguments are.
final class CountState: AggregateState {
  private let counts = GroupArray<Int64>(filler: 0)

  var byteCount: Int { counts.byteCount }

  func reserve(groups: Int) { counts.resize(to: groups) }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    let totals = counts.base
    if let group = onlyGroup(groups, count) {
      totals[group] &+= Int64(count)
      return
    }
    for row in 0..<count { totals[Int(groups[row])] &+= 1 }
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) {
    let more = same(other, groups: count).counts
    for group in 0..<count { counts[Int(mapping[group])] &+= more[group] }
  }

  func finish(groups: Int) -> [Vector] { [counts.vector(groups)] }
}

/// `countif(p)`: rows of each group in which a predicate is true.
final class ConditionalCountState: AggregateState {
  private let counts = GroupArray<Int64>(filler: 0)

  var byteCount: Int { counts.byteCount }

  func reserve(groups: Int) { counts.resize(to: groups) }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    let totals = counts.base
    arguments[0].withFixedRows(Bool.self) { flags, nulls in
      UnsafeRawPointer(flags).withMemoryRebound(to: UInt8.self, capacity: count) { bytes in
        if let nulls {
          for row in 0..<count {
            totals[Int(groups[row])] &+= Int64(bytes[row] & 1 & (nulls[row] ^ 1))
          }
        } else if let group = onlyGroup(groups, count) {
          var total: Int64 = 0
          for row in 0..<count { total &+= Int64(bytes[row] & 1) }
          totals[group] &+= total
        } else {
          for row in 0..<count { totals[Int(groups[row])] &+= Int64(bytes[row] & 1) }
        }
      }
    }
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) {
    let more = same(other, groups: count).counts
    for group in 0..<count { counts[Int(mapping[group])] &+= more[group] }
  }

  func finish(groups: Int) -> [Vector] { [counts.vector(groups)] }
}

import Columnar

/// `count_distinct`: the exact number of different values without nulls.
final class ExactDistinctState: AggregateState {
  private let values: ValueTable
  private let members = PairSet()
  private let counts = GroupArray<Int64>(filler: 0)
  /// Which group has which value, for merging.
  private let log = GroupLog()

  init(type: ScalarType) { values = ValueTable(type: type, isDistinct: true) }

  var byteCount: Int {
    values.byteCount + members.byteCount + counts.byteCount + log.byteCount
  }

  func reserve(groups: Int) { counts.resize(to: groups) }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    values.insert(
      arguments[0],
      count: count,
      isWanted: { _ in true },
      { row, number in add(number, Int(groups[row])) }
    )
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) {
    let later = same(other, groups: count)
    let numbers = GroupArray<UInt32>(filler: 0)
    for number in 0..<later.values.count {
      numbers.append(values.insert(UInt32(truncatingIfNeeded: number), of: later.values))
    }
    for index in 0..<later.log.entries.count {
      add(
        numbers[Int(later.log.entries[index])],
        Int(mapping[Int(later.log.groups[index])])
      )
    }
  }

  func finish(groups: Int) -> [Vector] { [counts.vector(groups)] }

  @inline(__always)
  private func add(_ number: UInt32, _ group: Int) {
    guard number != ValueTable.null, members.insert(group, number) else { return }
    counts[group] &+= 1
    log.append(number, group: group)
  }
}

import Columnar

/// `count_distinct`: the exact number of different values without nulls.
final class ExactDistinctState: AggregateState {
  private let values: ValueTable
  private let members = NumberSets()
  private var groupCount = 0

  init(type: ScalarType) { values = ValueTable(type: type, isDistinct: true) }

  var byteCount: Int { values.byteCount + members.byteCount }

  func reserve(groups: Int) {
    groupCount = max(groupCount, groups)
    members.reserve(groups: groupCount)
  }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    let numbers = values.numbers(of: arguments[0], count: count)
    for row in 0..<count where numbers[row] != ValueTable.null {
      _ = members.add(numbers[row], Int(groups[row]))
    }
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) throws {
    let later = same(other, groups: count)
    let numbers = values.merge(later.values)
    for group in 0..<count {
      if group & 0xFFF == 0 { try MemoryAccount.checkEnd() }
      later.members.forEach(group) {
        _ = members.add(numbers[Int($0)], Int(mapping[group]))
      }
    }
  }

  func finish(groups: Int) -> [Vector] {
    let builder = FixedBuilder<Int64>(capacity: groups)
    for group in 0..<groups { builder.append(Int64(members.count(group))) }
    return [builder.finish()]
  }
}

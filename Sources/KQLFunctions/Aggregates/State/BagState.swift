import Columnar

/// `make_bag`: one bag of the members of all bags of a group; the first value of a key wins.
final class BagState: AggregateState {
  private let limit: Int
  private let keys = ValueTable(type: .string, isDistinct: true)
  private let values = ValueTable(type: .dynamic, isDistinct: false)
  /// The key of the value with the same number.
  private let keyOfValue = GroupArray<UInt32>(filler: 0)
  private let log = GroupLog()
  private let counts = GroupArray<Int>(filler: 0)
  private let members = PairSet()

  init(limit: Int) { self.limit = limit }

  var byteCount: Int {
    keys.byteCount + values.byteCount + keyOfValue.byteCount + log.byteCount
      + counts.byteCount + members.byteCount
  }

  func reserve(groups: Int) { counts.resize(to: groups) }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    arguments[0].withTextRows { rows, _ in
      for row in 0..<count {
        let bag = DynamicView(rows[row].base, count: rows[row].count)
        for member in bag.members { add(member.key, member.value, Int(groups[row])) }
      }
    }
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) {
    let later = same(other, groups: count)
    for index in 0..<later.log.entries.count {
      let number = later.log.entries[index]
      let value = later.values.bytes(number)
      add(
        later.keys.bytes(later.keyOfValue[Int(number)]).buffer,
        DynamicView(value.base, count: value.count),
        Int(mapping[Int(later.log.groups[index])])
      )
    }
  }

  func finish(groups: Int) throws -> [Vector] {
    var results = DynamicResults(groups: groups)
    try log.forEachGroup(groups) { numbers in
      try results.append { writer in
        writer.beginBag()
        for number in numbers {
          writer.appendName(keys.bytes(keyOfValue[Int(number)]).buffer)
          values.write(number, to: &writer)
        }
        writer.endBag()
      }
    }
    return [results.finish()]
  }

  private func add(_ key: UnsafeBufferPointer<UInt8>, _ value: DynamicView, _ group: Int) {
    guard counts[group] < limit, let start = key.baseAddress else { return }
    let number = keys.insert(TextView(base: start, count: key.count))
    guard members.insert(group, number) else { return }
    counts[group] &+= 1
    log.append(values.insert(TextView(base: value.start, count: value.byteCount)), group: group)
    keyOfValue.append(number)
  }
}

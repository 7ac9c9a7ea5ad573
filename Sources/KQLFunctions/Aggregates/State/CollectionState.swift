import Columnar

/// What `make_list` and `make_set` keep.
struct CollectionRule {
  /// Each value once.
  var isSet = false
  /// Keeps nulls of every type; otherwise only a null dynamic in a list.
  var keepsNulls = false
  /// The most elements of a group.
  var limit = CollectionRule.maximum

  /// The most elements that Kusto allows.
  static let maximum = 1_048_576
}

/// `make_list` and `make_set`: the values of a group in the order in which they came.
///
/// An array is taken in element by element, one level deep.
final class CollectionState: AggregateState {
  private let rule: CollectionRule
  private let keepsNulls: Bool
  private let values: ValueTable
  private let log = GroupLog()
  private let counts = GroupArray<Int>(filler: 0)
  private let members = NumberSets()

  init(type: ScalarType, rule: CollectionRule) {
    self.rule = rule
    keepsNulls = rule.keepsNulls || (type == .dynamic && !rule.isSet)
    values = ValueTable(type: type, isDistinct: rule.isSet)
  }

  var byteCount: Int {
    values.byteCount + log.byteCount + counts.byteCount + members.byteCount
  }

  func reserve(groups: Int) {
    counts.resize(to: groups)
    if rule.isSet { members.reserve(groups: groups) }
  }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    if values.type == .dynamic { return updateDynamic(arguments[0], groups, count) }
    if rule.isSet, rule.limit == CollectionRule.maximum {
      let numbers = values.numbers(of: arguments[0], count: count)
      for row in 0..<count { add(numbers[row], Int(groups[row])) }
      return
    }
    values.insert(
      arguments[0],
      count: count,
      isWanted: { counts[Int(groups[$0])] < rule.limit },
      { row, number in add(number, Int(groups[row])) }
    )
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) throws {
    let later = same(other, groups: count)
    let entries = later.log.entries
    // A set takes each of the other's values in once, when a group wants it.
    let numbers = GroupArray<UInt32>(filler: .max - 1)
    if rule.isSet { numbers.resize(to: later.values.count) }
    for index in 0..<entries.count {
      if index & 0xFFFF == 0 { try MemoryAccount.checkEnd() }
      let group = Int(mapping[Int(later.log.groups[index])])
      guard counts[group] < rule.limit else { continue }
      let entry = entries[index]
      guard rule.isSet else {
        add(values.insert(entry, of: later.values), group)
        continue
      }
      if numbers[Int(entry)] == .max - 1 {
        numbers[Int(entry)] = values.insert(entry, of: later.values)
      }
      add(numbers[Int(entry)], group)
    }
  }

  func finish(groups: Int) throws -> [Vector] {
    var results = DynamicResults(groups: groups)
    try log.forEachGroup(groups) { numbers in
      try results.append { writer in
        writer.beginArray()
        for (index, number) in numbers.enumerated() {
          if index & 0x1FFF == 0x1FFF { try MemoryAccount.checkEnd() }
          values.write(number, to: &writer)
        }
        writer.endArray()
      }
    }
    return [results.finish()]
  }

  private func updateDynamic(
    _ vector: Vector,
    _ groups: UnsafePointer<UInt32>,
    _ count: Int
  ) {
    vector.withTextRows { rows, _ in
      for row in 0..<count {
        let text = rows[row]
        let view = DynamicView(text.base, count: text.count)
        let group = Int(groups[row])
        if view.kind != .array {
          add(view, group)
        } else {
          for element in view.elements { add(element, group) }
        }
      }
    }
  }

  private func add(_ view: DynamicView, _ group: Int) {
    guard counts[group] < rule.limit else { return }
    if view.isNull { return add(ValueTable.null, group) }
    add(values.insert(TextView(base: view.start, count: view.byteCount)), group)
  }

  @inline(__always)
  private func add(_ number: UInt32, _ group: Int) {
    if number == ValueTable.null, !keepsNulls { return }
    guard counts[group] < rule.limit else { return }
    if rule.isSet, !members.add(number, group) { return }
    counts[group] &+= 1
    log.append(number, group: group)
  }
}

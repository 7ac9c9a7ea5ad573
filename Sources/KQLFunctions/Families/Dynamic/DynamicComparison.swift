import Columnar

extension DynamicView {
  /// Whether two values are the same to a search: kind and content, numbers by value.
  func isSame(as other: DynamicView) -> Bool {
    if kind == other.kind { return isEqual(to: other) }
    guard let left = number, let right = other.number else { return false }
    return left == right
  }

  /// The group of kinds in which a value is sorted.
  private var sortGroup: Int {
    switch kind {
    case .long, .real, .decimal, .datetime, .timespan: 0
    case .string: 1
    case .guid: 2
    case .bool, .array, .bag: 3
    case .null: 4
    }
  }

  /// Compares two values for a sort within an array: negative, zero or positive. Values of other
  /// groups of kinds follow each other as groups: numbers and times, texts, guids, the rest.
  func sortOrder(_ other: DynamicView, isDescending: Bool) -> Int {
    if sortGroup != other.sortGroup { return sortGroup - other.sortGroup }
    let order = orderWithinGroup(other)
    return isDescending ? -order : order
  }

  private func orderWithinGroup(_ other: DynamicView) -> Int {
    switch sortGroup {
    case 0:
      if let left = long, let right = other.long {
        return left < right ? -1 : left > right ? 1 : 0
      }
      let left = measure
      let right = other.measure
      return left < right ? -1 : left > right ? 1 : 0
    case 1:
      guard let left = string, let right = other.string else { return 0 }
      return compareBytes(left, right)
    case 2:
      guard let left = guid, let right = other.guid else { return 0 }
      return left < right ? -1 : right < left ? 1 : 0
    default:
      let left = bool ?? false
      let right = other.bool ?? false
      return left == right ? 0 : left ? 1 : -1
    }
  }

  /// A number or time as a real; times in ticks.
  private var measure: Double {
    if let number { return number }
    if let datetime { return Double(datetime.ticks) }
    if let timespan { return Double(timespan.ticks) }
    return 0
  }
}

/// The different values of an array, in the order in which they came.
struct DynamicSet {
  private(set) var values: [DynamicView] = []
  private var hashes: [UInt64] = []
  /// Open addressing over `values`, made once they are many: a position plus one, or 0.
  private var slots: [Int32] = []

  init() {}

  /// Makes the set of the elements of an array.
  init(_ array: DynamicView) {
    for element in array.elements { _ = insert(element) }
  }

  /// Whether an equal value is there.
  func contains(_ value: DynamicView) -> Bool { position(of: value, value.hash) != nil }

  /// Adds a value; false where an equal one was there.
  mutating func insert(_ value: DynamicView) -> Bool {
    let hash = value.hash
    guard position(of: value, hash) == nil else { return false }
    values.append(value)
    hashes.append(hash)
    if slots.isEmpty ? values.count > 16 : values.count * 2 > slots.count {
      rehash()
    } else if !slots.isEmpty {
      place(values.count - 1)
    }
    return true
  }

  private func position(of value: DynamicView, _ hash: UInt64) -> Int? {
    guard !slots.isEmpty else {
      return hashes.indices.first { hashes[$0] == hash && values[$0].isEqual(to: value) }
    }
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let found = Int(slots[slot]) - 1
      if hashes[found] == hash, values[found].isEqual(to: value) { return found }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func rehash() {
    slots = [Int32](repeating: 0, count: max(64, slots.count * 2))
    for index in values.indices { place(index) }
  }

  private mutating func place(_ index: Int) {
    var slot = Int(truncatingIfNeeded: hashes[index]) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(truncatingIfNeeded: index + 1)
  }
}

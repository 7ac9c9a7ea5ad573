import Columnar

/// The ranks that a percentile aggregate is asked for, in per cent.
struct PercentileRequest {
  let percentages: [Double]
  /// One dynamic array instead of a column each.
  let isArray: Bool
  /// Whether the second argument tells how often a value counts.
  let isWeighted: Bool
  /// A digest of all values, for percentiles to be asked for later.
  var isDigest = false
}

/// `percentiles` and its kin: the value of the nearest rank, exact for any number of rows.
///
/// All values are kept, eight bytes each, and sorted in the end; the memory budget is the limit.
final class PercentileState<Value: OrderedKeyValue>: AggregateState {
  private let request: PercentileRequest
  private let keys = GroupArray<Int64>(filler: 0)
  private let weights = GroupArray<Int64>(filler: 0)
  private let groups = GroupArray<UInt32>(filler: 0)

  init(_: Value.Type, _ request: PercentileRequest) { self.request = request }

  var byteCount: Int { keys.byteCount + weights.byteCount + groups.byteCount }

  func reserve(groups: Int) {}

  func update(_ arguments: [Vector], groups rowGroups: UnsafePointer<UInt32>, count: Int) {
    guard request.isWeighted else {
      arguments[0].withFixedRows(Value.self) { rows, nulls in
        forEachRow(nulls, count) { row in
          keys.append(rows[row].orderedKey)
          groups.append(rowGroups[row])
        }
      }
      return
    }
    let weightRows = arguments[1].wholeNumbers(count)
    arguments[0].withFixedRows(Value.self) { rows, nulls in
      forEachRow(nulls, count) { row in
        guard weightRows[row] > 0 else { return }
        keys.append(rows[row].orderedKey)
        weights.append(weightRows[row])
        groups.append(rowGroups[row])
      }
    }
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) throws {
    let later = same(other, groups: count)
    for index in 0..<later.keys.count {
      if index & 0xFFFF == 0 { try MemoryAccount.checkEnd() }
      keys.append(later.keys[index])
      groups.append(mapping[Int(later.groups[index])])
      if request.isWeighted { weights.append(later.weights[index]) }
    }
  }

  func finish(groups count: Int) throws -> [Vector] {
    if request.isDigest { return try finishDigests(count) }
    var columns = request.percentages.map { _ in FixedBuilder<Value>(capacity: count) }
    if request.isArray { columns = [] }
    var arrays = DynamicResults(groups: request.isArray ? count : 0)
    try forEachGroup(count) { entries in
      let found = request.percentages.map { value($0, entries) }
      guard request.isArray else {
        for (column, value) in zip(columns, found) { column.append(value) }
        return
      }
      try arrays.append { writer in
        guard !entries.isEmpty else { return writer.appendNull() }
        writer.beginArray()
        for value in found { writer.append(scalar: value?.scalar ?? .null(Value.scalarType)) }
        writer.endArray()
      }
    }
    return request.isArray ? [arrays.finish()] : columns.map { $0.finish() }
  }

  private func finishDigests(_ count: Int) throws -> [Vector] {
    var digests = DynamicResults(groups: count)
    try forEachGroup(count) { entries in
      try digests.append { writer in
        guard !entries.isEmpty else { return writer.appendNull() }
        writer.beginArray()
        for (index, weight) in DigestForm.compressed(entries.map(\.upTo)) {
          writer.beginArray()
          writer.append(scalar: Value(orderedKey: entries[index].key).scalar)
          writer.append(real: weight)
          writer.endArray()
        }
        writer.endArray()
      }
    }
    return [digests.finish()]
  }

  /// Calls back for each group with its keys and running weights, in ascending order.
  private func forEachGroup(
    _ count: Int,
    _ body: ([(key: Int64, upTo: Double)]) throws -> Void
  ) throws {
    let log = GroupLog()
    for index in 0..<keys.count {
      if index & 0xFFFF == 0 { try MemoryAccount.checkEnd() }
      log.append(UInt32(truncatingIfNeeded: index), group: Int(groups[index]))
    }
    try log.forEachGroup(count) { places in
      var entries = places.map { place in
        (
          key: keys[Int(place)],
          upTo: request.isWeighted ? Double(weights[Int(place)]) : 1
        )
      }
      var checks = SortChecks()
      try entries.sort { first, second in
        try checks.countDown()
        return first.key != second.key ? first.key < second.key : first.upTo < second.upTo
      }
      for index in entries.indices.dropFirst() { entries[index].upTo += entries[index - 1].upTo }
      try body(entries)
    }
  }

  /// The first value whose running weight reaches a share of the whole.
  private func value(
    _ percentage: Double,
    _ entries: [(key: Int64, upTo: Double)]
  ) -> Value? {
    guard let last = entries.last else { return nil }
    let rank = (percentage * last.upTo / 100 - 1e-9).rounded(.up)
    var low = 0
    var high = entries.count - 1
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].upTo < rank { low = middle + 1 } else { high = middle }
    }
    return Value(orderedKey: entries[low].key)
  }
}

extension Vector {
  /// The rows of an int or long vector; 0 for null and for other types.
  func wholeNumbers(_ count: Int) -> [Int64] {
    var numbers = [Int64](repeating: 0, count: count)
    switch type {
    case .int:
      withFixedRows(Int32.self) { rows, nulls in
        forEachRow(nulls, count) { numbers[$0] = Int64(rows[$0]) }
      }
    case .long:
      withFixedRows(Int64.self) { rows, nulls in
        forEachRow(nulls, count) { numbers[$0] = rows[$0] }
      }
    default: break
    }
    return numbers
  }
}

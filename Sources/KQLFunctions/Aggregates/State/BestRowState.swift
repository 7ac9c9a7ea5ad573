import Columnar

/// The best key of each group, for `arg_max` and `arg_min`.
protocol BestKeys: AnyObject {
  init()
  var byteCount: Int { get }
  func reserve(groups: Int)
  /// Compares rows with the best ones; calls back for each row that is better, in row order.
  func offer(
    _ vector: Vector,
    groups: UnsafePointer<UInt32>,
    count: Int,
    better: (Int, Int) -> Void
  )
  /// Compares another worker's best keys; calls back with its group and the receiver's.
  func offer(
    _ later: Self,
    mapping: UnsafePointer<UInt32>,
    count: Int,
    better: (Int, Int) -> Void
  )
  func vector(_ groups: Int) -> Vector
}

/// `arg_max(key, …)` and `arg_min(key, …)`: the whole row of the best key.
///
/// The other columns are copied once a batch, from the best row of each group in it. The first
/// of equal rows wins; a row whose key is null is kept only until one has a key.
final class BestRowState<Keys: BestKeys>: AggregateState {
  private let keys = Keys()
  private let columns: [GroupColumn]
  /// Whether any row reached a group.
  private let present = GroupArray<UInt8>(filler: 0)
  /// The index of a group in `changed`, plus one.
  private let places = GroupArray<UInt32>(filler: 0)
  private let changed = GroupArray<UInt32>(filler: 0)
  private let rows = GroupArray<UInt32>(filler: 0)

  init(_: Keys.Type, columnTypes: [ScalarType]) {
    columns = columnTypes.map(GroupColumn.init(type:))
  }

  var byteCount: Int {
    keys.byteCount + present.byteCount + places.byteCount
      + columns.reduce(0) { $0 + $1.byteCount }
  }

  func reserve(groups: Int) {
    keys.reserve(groups: groups)
    present.resize(to: groups)
    places.resize(to: groups)
    for column in columns { column.reserve(groups: groups) }
  }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    if !columns.isEmpty {
      for row in 0..<count where present[Int(groups[row])] == 0 {
        present[Int(groups[row])] = 1
        note(row, Int(groups[row]))
      }
    }
    keys.offer(arguments[0], groups: groups, count: count) { row, group in note(row, group) }
    for (column, argument) in zip(columns, arguments.dropFirst()) {
      column.store(argument, rows: rows, targets: changed)
    }
    forgetChanges()
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) {
    let later = same(other, groups: count)
    for group in 0..<count where later.present[group] != 0 {
      let target = Int(mapping[group])
      if present[target] == 0 {
        present[target] = 1
        note(group, target)
      }
    }
    keys.offer(later.keys, mapping: mapping, count: count) { source, group in
      note(source, group)
    }
    for (column, source) in zip(columns, later.columns) {
      column.store(source, sources: rows, targets: changed)
    }
    forgetChanges()
  }

  func finish(groups: Int) -> [Vector] {
    [keys.vector(groups)] + columns.map { $0.vector(groups) }
  }

  /// Remembers the row that a group is to be copied from.
  @inline(__always)
  private func note(_ row: Int, _ group: Int) {
    guard !columns.isEmpty else { return }
    let place = places[group]
    if place != 0 {
      rows[Int(place) - 1] = UInt32(truncatingIfNeeded: row)
      return
    }
    rows.append(UInt32(truncatingIfNeeded: row))
    changed.append(UInt32(truncatingIfNeeded: group))
    places[group] = UInt32(truncatingIfNeeded: changed.count)
  }

  private func forgetChanges() {
    for index in 0..<changed.count { places[Int(changed[index])] = 0 }
    changed.removeAll()
    rows.removeAll()
  }
}

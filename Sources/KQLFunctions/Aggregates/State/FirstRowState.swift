import Columnar

/// `take_any(…)`: one row of each group, the first.
///
/// A single column is taken from the first row in which it is neither null nor empty, if there
/// is such a row.
final class FirstRowState: AggregateState {
  private let columns: [GroupColumn]
  /// 0 for no row, 1 for a row without a value, 2 for a row to keep.
  private let quality = GroupArray<UInt8>(filler: 0)
  private let changed = GroupArray<UInt32>(filler: 0)
  private let rows = GroupArray<UInt32>(filler: 0)

  init(columnTypes: [ScalarType]) { columns = columnTypes.map(GroupColumn.init(type:)) }

  var byteCount: Int { quality.byteCount + columns.reduce(0) { $0 + $1.byteCount } }

  func reserve(groups: Int) {
    quality.resize(to: groups)
    for column in columns { column.reserve(groups: groups) }
  }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    let unsettled = (0..<count).contains { quality[Int(groups[$0])] < 2 }
    guard unsettled else { return }
    if columns.count == 1 {
      noteValues(arguments[0], groups, count)
    } else {
      for row in 0..<count { note(row, Int(groups[row]), 2) }
    }
    for (column, argument) in zip(columns, arguments) {
      column.store(argument, rows: rows, targets: changed)
    }
    forgetChanges()
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) {
    let later = same(other, groups: count)
    for group in 0..<count { note(group, Int(mapping[group]), later.quality[group]) }
    for (column, source) in zip(columns, later.columns) {
      column.store(source, sources: rows, targets: changed)
    }
    forgetChanges()
  }

  func finish(groups: Int) -> [Vector] { columns.map { $0.vector(groups) } }

  private func noteValues(_ vector: Vector, _ groups: UnsafePointer<UInt32>, _ count: Int) {
    let flat = vector.flattened()
    let nulls = flat.nullRows()
    for row in 0..<count {
      var isMissing = nulls.map { $0.base[row] != 0 } ?? false
      if flat.type == .string, case .text(let texts) = flat.layout {
        isMissing = texts[row].count == 0
      }
      note(row, Int(groups[row]), isMissing ? 1 : 2)
    }
  }

  @inline(__always)
  private func note(_ row: Int, _ group: Int, _ offered: UInt8) {
    guard offered > quality[group] else { return }
    quality[group] = offered
    rows.append(UInt32(truncatingIfNeeded: row))
    changed.append(UInt32(truncatingIfNeeded: group))
  }

  private func forgetChanges() {
    changed.removeAll()
    rows.removeAll()
  }
}

import Columnar

/// `arg_max(key, …)` and `arg_min(key, …)`: the whole row of the best key.
///
/// Only which row is best is noted; the other columns are copied in the end. The first of equal
/// rows wins; a row whose key is null is kept only until one has a key.
final class BestRowState: AggregateState {
  private let keys: any BestKeys
  private let rows: RetainedRows
  private let hasColumns: Bool
  /// The best row of each group.
  private let best = GroupArray<UInt64>(filler: RetainedRows.none)
  /// Rows, or groups of another worker, that were better than the best so far.
  private let better = GroupArray<UInt32>(filler: 0)
  private var groupCount = 0
  /// Copied rows that are kept alive are gathered to few when they reach this many bytes.
  private var byteLimit = 32 << 20

  init(_ keys: any BestKeys, columnTypes: [ScalarType]) {
    self.keys = keys
    rows = RetainedRows(types: columnTypes)
    hasColumns = !columnTypes.isEmpty
  }

  var byteCount: Int { keys.byteCount + best.byteCount + rows.byteCount }

  func reserve(groups: Int) {
    groupCount = max(groupCount, groups)
    keys.reserve(groups: groups)
    best.resize(to: groups)
  }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    better.resize(to: count)
    let found = keys.offer(arguments[0], groups: groups, count: count, into: better.base)
    guard hasColumns else { return }
    let first = rows.open(Array(arguments.dropFirst()), count: count)
    for index in 0..<found {
      take(first &+ UInt64(better[index]), Int(groups[Int(better[index])]))
    }
    if arguments[0].nullRows() != nil {
      for row in 0..<count where best[Int(groups[row])] == RetainedRows.none {
        take(first &+ UInt64(truncatingIfNeeded: row), Int(groups[row]))
      }
    }
    if rows.ownedByteCount > byteLimit { compact() }
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) {
    let later = same(other, groups: count)
    better.resize(to: count)
    let found = keys.offer(later.keys, mapping: mapping, count: count, into: better.base)
    guard hasColumns else { return }
    let offset = rows.adopt(later.rows)
    for index in 0..<found {
      let source = Int(better[index])
      take(later.best[source] &+ offset, Int(mapping[source]))
    }
    for group in 0..<count where later.best[group] != RetainedRows.none {
      let target = Int(mapping[group])
      if best[target] == RetainedRows.none { take(later.best[group] &+ offset, target) }
    }
  }

  func finish(groups: Int) -> [Vector] {
    [keys.vector(groups)] + rows.gather(best, count: groups)
  }

  @inline(__always)
  private func take(_ row: UInt64, _ group: Int) {
    rows.want(row, insteadOf: best[group])
    best[group] = row
  }

  /// Copies the best rows so far, so that the batches they came in can go.
  private func compact() {
    rows.sweep()
    guard rows.ownedByteCount > byteLimit else { return }
    let columns = rows.gather(best, count: groupCount)
    var count = 0
    for group in 0..<groupCount where best[group] != RetainedRows.none {
      best[group] = UInt64(truncatingIfNeeded: group)
      count += 1
    }
    rows.reset(to: columns, count: count)
    byteLimit = max(byteLimit, rows.ownedByteCount * 4)
  }
}

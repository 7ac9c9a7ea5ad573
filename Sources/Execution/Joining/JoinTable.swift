import Columnar
import QueryPlan

/// The rows of a build side by key: read-only once made, shared by all probing workers.
final class JoinTable: @unchecked Sendable {
  /// All rows, and after them one row of missing values for outer joins.
  let rows: Batch
  /// Rows without the missing one.
  let rowCount: Int
  /// Whether each row has a key of its own: then the number of a group is that of its row.
  let hasUniqueKeys: Bool
  private let groups: GroupTable
  /// Rows of each group, one group after another.
  private let members: [UInt32]
  private let starts: [Int]

  /// Makes the table.
  ///
  /// - Parameters:
  ///   - rows: the build side.
  ///   - keys: values of its keys.
  ///   - keepsFirst: whether only the first row of each key is kept (`innerunique`).
  init(rows: Batch, types: [ScalarType], keys: [Vector], keyTypes: [ScalarType], keepsFirst: Bool) {
    let count = rows.count
    let table = GroupTable(types: keyTypes)
    var groupOfRow = [UInt32](repeating: 0, count: count + 1)
    groupOfRow.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      table.insert(keys, count: count, into: base)
    }
    groups = table
    table.prepareForProbing()
    hasUniqueKeys = table.count == count
    rowCount = count
    (members, starts) = Self.members(groupOfRow, count, table.count, keepsFirst)
    let missing = Batch(
      columns: types.map { Vector(constant: .missing($0), count: 1).flattened() },
      count: 1
    )
    self.rows = Batch.concatenating([rows, missing], types: types)
  }

  /// Makes a reader for one worker.
  func makeProber() -> GroupProber { groups.makeProber() }

  /// The rows of a group.
  func members(of group: UInt32) -> ArraySlice<UInt32> {
    members[starts[Int(group)]..<starts[Int(group) + 1]]
  }

  private static func members(
    _ groupOfRow: [UInt32],
    _ count: Int,
    _ groupCount: Int,
    _ keepsFirst: Bool
  ) -> ([UInt32], [Int]) {
    var sizes = [Int](repeating: 0, count: groupCount + 1)
    for row in 0..<count {
      let group = Int(groupOfRow[row])
      if !keepsFirst || sizes[group] == 0 { sizes[group] += 1 }
    }
    var starts = [Int](repeating: 0, count: groupCount + 1)
    for group in 0..<groupCount { starts[group + 1] = starts[group] + sizes[group] }
    var next = starts
    var members = [UInt32](repeating: 0, count: starts[groupCount])
    for row in 0..<count {
      let group = Int(groupOfRow[row])
      guard next[group] < starts[group + 1] else { continue }
      members[next[group]] = UInt32(truncatingIfNeeded: row)
      next[group] += 1
    }
    return (members, starts)
  }
}

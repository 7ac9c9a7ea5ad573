import Columnar

/// The rows of a build side by key: read-only once made, shared by all probing workers.
final class JoinTable: Sendable {
  /// All rows, and after them one row of missing values for outer joins; columns that the join
  /// does not yield are missing throughout.
  let rows: Batch
  /// Rows without the missing one.
  let rowCount: Int
  /// Whether each row has a key of its own: then the number of a group is that of its row.
  let hasUniqueKeys: Bool
  let keys: JoinKeys
  /// Rows of each group, one group after another; empty where nobody asks.
  private let members: [UInt32]
  private let starts: [Int]

  /// How a table is made.
  struct Request {
    /// Types of all columns of the build side.
    let types: [ScalarType]
    /// Positions of those that the join yields.
    let wanted: Set<Int>
    let keyTypes: [ScalarType]
    /// Whether only the first row of each key is kept (`innerunique`).
    let keepsFirst: Bool
    /// Whether the rows of each key are asked for, rather than whether there are any.
    let wantsMembers: Bool
  }

  /// Makes the table.
  ///
  /// - Parameters:
  ///   - batches: the build side.
  ///   - keys: values of the keys in each batch.
  init(_ batches: [Batch], keys: [[Vector]], _ request: Request) throws {
    let count = batches.reduce(0) { $0 + $1.count }
    var groupOfRow = [UInt32](repeating: 0, count: count + 1)
    let made = try groupOfRow.withUnsafeMutableBufferPointer { buffer -> JoinKeys in
      guard let base = buffer.baseAddress else { unreachable("the array has a place to spare") }
      return try JoinKeys(
        types: request.keyTypes,
        batches: zip(keys, batches).map { ($0, $1.count) },
        groups: base
      )
    }
    self.keys = made
    hasUniqueKeys = made.count == count
    rowCount = count
    (members, starts) =
      hasUniqueKeys || !request.wantsMembers
      ? ([], []) : try Self.members(groupOfRow, count, made.count, request.keepsFirst)
    rows = try Self.rows(batches, count, request)
  }

  /// Bytes held beside buffers.
  var byteCount: Int { keys.byteCount + members.count * 4 + starts.count * 8 }

  /// The rows of a group.
  func members(of group: UInt32) -> ArraySlice<UInt32> {
    members[starts[Int(group)]..<starts[Int(group) + 1]]
  }

  private static func rows(_ batches: [Batch], _ count: Int, _ request: Request) throws -> Batch {
    let columns = try request.types.enumerated().map { index, type -> Vector in
      let missing = Vector(constant: .missing(type), count: 1)
      guard request.wanted.contains(index) else {
        return Vector(constant: .missing(type), count: count + 1)
      }
      try MemoryAccount.checkEnd()
      let parts = batches.map { $0.columns[index] } + [missing.flattened()]
      return Vector.concatenating(parts, type: type)
    }
    return Batch(columns: columns, count: count + 1)
  }

  private static func members(
    _ groupOfRow: [UInt32],
    _ count: Int,
    _ groupCount: Int,
    _ keepsFirst: Bool
  ) throws -> ([UInt32], [Int]) {
    var sizes = [Int](repeating: 0, count: groupCount + 1)
    for row in 0..<count {
      if row & 0xFFFF == 0 { try MemoryAccount.checkEnd() }
      let group = Int(groupOfRow[row])
      if !keepsFirst || sizes[group] == 0 { sizes[group] += 1 }
    }
    var starts = [Int](repeating: 0, count: groupCount + 1)
    for group in 0..<groupCount { starts[group + 1] = starts[group] + sizes[group] }
    var next = starts
    var members = [UInt32](repeating: 0, count: starts[groupCount])
    for row in 0..<count {
      if row & 0xFFFF == 0 { try MemoryAccount.checkEnd() }
      let group = Int(groupOfRow[row])
      guard next[group] < starts[group + 1] else { continue }
      members[next[group]] = UInt32(truncatingIfNeeded: row)
      next[group] += 1
    }
    return (members, starts)
  }
}

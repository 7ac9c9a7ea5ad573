import Columnar

/// The rows of each key, with the bins that they fill.
struct SeriesGroups {
  /// Number of keys.
  let count: Int
  /// The first row of each key.
  private(set) var firstRows: [UInt32] = []
  /// Rows and their bins by key.
  private var members: [[(row: Int, bin: Int64)]]

  /// One key without rows, for a series that is all defaults.
  static var single: SeriesGroups { SeriesGroups() }

  private init() {
    count = 1
    members = [[]]
  }

  init(keys: [Vector], bins: Vector, count rows: Int) {
    var groupOfRow = [UInt32](repeating: 0, count: rows)
    if keys.isEmpty {
      count = rows > 0 ? 1 : 0
    } else {
      let table = GroupTable(types: keys.map(\.type))
      groupOfRow.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress { table.insert(keys, count: rows, into: base) }
      }
      count = table.count
    }
    members = Array(repeating: [], count: count)
    for row in 0..<rows {
      guard case .long(let bin) = bins.scalar(at: row) else { continue }
      let group = Int(groupOfRow[row])
      if members[group].isEmpty { firstRows.append(UInt32(truncatingIfNeeded: row)) }
      members[group].append((row, bin))
    }
  }

  /// The least and the greatest bin of a key; nil without rows.
  func range(of group: Int) -> ClosedRange<Int64>? {
    guard var low = members[group].first?.bin else { return nil }
    var high = low
    for member in members[group] {
      low = min(low, member.bin)
      high = max(high, member.bin)
    }
    return low...high
  }

  /// The row that fills each of a run of bins, -1 where none does.
  func places(of group: Int, from first: Int64, count: Int) -> [Int] {
    var places = [Int](repeating: -1, count: count)
    for member in members[group] {
      let place = Int(member.bin &- first)
      if place >= 0, place < count { places[place] = member.row }
    }
    return places
  }
}

extension [UInt32] {
  /// The rows of columns at these indices.
  func gathering(_ columns: [Vector]) -> [Vector] {
    withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return columns.map { Vector.empty($0.type) } }
      return columns.map { $0.gather(base, count: buffer.count) }
    }
  }
}

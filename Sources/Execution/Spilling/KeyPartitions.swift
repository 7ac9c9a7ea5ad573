import Columnar

/// Says to which partition the rows of a key belong: equal keys to the same one.
enum KeyPartitions {
  static let count = 32
  /// The highest bits of a hash are the partition; tables within one use the lowest.
  private static let shift: UInt64 = 59
  private static let nullWord: UInt64 = 0x6E75_6C6C

  /// The partition of each row.
  static func numbers(of keys: [Vector], count rows: Int) -> [UInt8] {
    var hashes = [UInt64](repeating: 0, count: rows)
    for key in keys { mix(key.flattened(), into: &hashes) }
    return hashes.map { UInt8(truncatingIfNeeded: hashWord($0) &>> shift) }
  }

  private static func mix(_ key: Vector, into hashes: inout [UInt64]) {
    withExtendedLifetime(key) {
      let nulls = key.nullRows()
      for row in hashes.indices {
        let isNull = nulls.map { $0.base[row] != 0 } ?? false
        hashes[row] = hashWord(isNull ? nullWord : word(key, row), seed: hashes[row])
      }
      withExtendedLifetime(nulls) {}
    }
  }

  /// A word that equal values share.
  @inline(__always)
  private static func word(_ key: Vector, _ row: Int) -> UInt64 {
    switch key.layout {
    case .text(let rows):
      let text = rows[row]
      return hashBytes(text.base, count: text.count)
    case .fixed(let rows): return word(rows, key.type, row)
    case .constant, .dictionary: unreachable("the key was flattened")
    }
  }

  private static func word(_ rows: FixedRows, _ type: ScalarType, _ row: Int) -> UInt64 {
    switch type {
    case .bool: return UInt64(rows.base(UInt8.self)[row])
    case .int: return UInt64(bitPattern: Int64(rows.base(Int32.self)[row]))
    case .real:
      let value = rows.base(Double.self)[row]
      if value == 0 { return 0 }
      return value.isNaN ? Double.nan.bitPattern : value.bitPattern
    case .decimal, .guid:
      let id = rows.base(GUID.self)[row]
      return hashWord(id.high, seed: id.low)
    default: return rows.base(UInt64.self)[row]
    }
  }
}

/// Columns of rows that are partitioned by some of them.
struct PartitionLayout {
  /// What computes each column from a batch of the source.
  let nodes: [any ExpressionNode]
  let types: [ScalarType]
  /// Positions of the keys among the columns.
  let keys: Range<Int>
}

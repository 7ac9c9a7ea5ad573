import Columnar

/// Says to which partition the rows of a key belong: equal keys to the same one.
///
/// A partition that is too large for memory is partitioned once more, by the next bits of the hash.
enum KeyPartitions {
  static let count = 32
  /// How often a partition can be partitioned.
  static let levels = 5
  private static let bits: UInt64 = 5
  private static let nullWord: UInt64 = 0x6E75_6C6C

  /// The partition of each row on a level.
  ///
  /// The highest bits of a hash are the partition; tables within one use the lowest.
  static func numbers(of keys: [Vector], count rows: Int, level: Int) throws -> [UInt8] {
    let shift = 64 - bits * UInt64(level + 1)
    let mask = UInt64(count - 1)
    var hashes = [UInt64](repeating: 0, count: rows)
    for key in keys {
      try MemoryAccount.checkEnd()
      mix(key.flattened(), into: &hashes)
    }
    return hashes.map { UInt8(truncatingIfNeeded: hashWord($0) &>> shift & mask) }
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

import CSIMD
import Columnar

/// Keys of rows as columns of words: one a key column, then one of null flags for each key column
/// that has nulls on the build side.
struct KeyWords {
  let columns: [UnsafeMutablePointer<UInt64>]
  let capacity: Int
  private let memory: Buffer

  init(columns count: Int, capacity: Int) {
    self.capacity = capacity
    let memory = Buffer(byteCount: max(1, count * capacity) * 8)
    self.memory = memory
    columns = (0..<count).map { memory.values(UInt64.self) + $0 * capacity }
  }

  /// Writes the words of a batch's keys from a row on.
  func fill(
    _ keys: [Vector],
    _ hasNulls: [Bool],
    from row: Int,
    _ encoders: [JoinKeyColumn],
    inserting: Bool
  ) {
    var next = encoders.count
    for (index, encoder) in encoders.enumerated() {
      encoder.encode(keys[index], into: columns[index] + row, inserting: inserting)
      guard hasNulls[index] else { continue }
      let target = columns[next] + row
      next += 1
      let count = keys[index].count
      guard let nulls = keys[index].nullRows() else {
        target.update(repeating: 0, count: count)
        continue
      }
      let flags = nulls.base
      withExtendedLifetime(nulls) {
        for row in 0..<count { target[row] = UInt64(flags[row]) }
      }
    }
  }

  /// Hands out the words of each row as bytes.
  func forEachRow(_ rows: Int, _ body: (Int, TextView) throws -> Void) rethrows {
    let width = columns.count
    try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(1, width)) { words in
      guard let base = words.baseAddress else { return }
      let bytes = UnsafeRawPointer(base).assumingMemoryBound(to: UInt8.self)
      for row in 0..<rows {
        for (index, column) in columns.enumerated() { base[index] = column[row] }
        try body(row, TextView(base: bytes, count: width * 8))
      }
    }
  }
}

extension NullRows {
  /// Whether one of the first rows is null.
  func hasNull(count: Int) -> Bool { memchr(base, 1, count) != nil }
}

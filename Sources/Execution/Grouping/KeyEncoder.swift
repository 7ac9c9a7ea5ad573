import CSIMD
import Columnar

/// The null flags of the key columns of a batch.
struct KeyNulls {
  let flags: [NullRows?]
  /// Whether any key of any row is null.
  let any: Bool

  init(_ keys: [Vector], count rows: Int) {
    flags = keys.map { $0.nullRows() }
    any = flags.contains { $0.map { memchr($0.base, 1, rows) != nil } ?? false }
  }
}

/// Lays the key columns of a batch out as rows of words.
final class KeyEncoder {
  let columns: [KeyColumn]
  private var words: UnsafeMutablePointer<UInt64>
  private var capacity = 1

  init(columns: [KeyColumn]) {
    self.columns = columns
    words = .allocate(capacity: 1)
  }

  deinit { words.deallocate() }

  /// Bytes held.
  var byteCount: Int { columns.reduce(capacity * 8) { $0 + $1.byteCount } }

  /// The keys of the rows, `width` words each; valid until the next call.
  func encode(
    _ keys: [Vector],
    _ nulls: KeyNulls,
    count rows: Int,
    width: Int,
    inserting: Bool
  ) -> UnsafePointer<UInt64> {
    reserve(rows * max(1, width))
    for (index, column) in columns.enumerated() {
      column.encode(keys[index], into: words + index, stride: width, inserting: inserting)
    }
    if width > columns.count { encodeNulls(nulls, rows, width) }
    return UnsafePointer(words)
  }

  private func encodeNulls(_ nulls: KeyNulls, _ rows: Int, _ width: Int) {
    for word in columns.count..<width {
      for row in 0..<rows { words[row &* width &+ word] = 0 }
    }
    for (index, flags) in nulls.flags.enumerated() {
      guard let base = flags?.base else { continue }
      let target = words + columns.count + index / 64
      let bit = UInt64(index & 63)
      for row in 0..<rows { target[row &* width] |= UInt64(base[row]) &<< bit }
    }
  }

  private func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    words.deallocate()
    capacity = wanted
    words = .allocate(capacity: wanted)
  }
}

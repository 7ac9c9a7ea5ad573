import Columnar

/// The rows of a vector as bytes: texts, or the sixteen bytes of a guid or decimal.
struct ByteRows {
  private let texts: TextRows?
  private let fixed: UnsafePointer<UInt8>

  init(texts: TextRows) {
    self.texts = texts
    fixed = texts.heapBase
  }

  init(fixed: UnsafePointer<UInt8>) {
    texts = nil
    self.fixed = fixed
  }

  @inline(__always)
  subscript(_ row: Int) -> TextView {
    texts.map { $0[row] } ?? TextView(base: fixed + row &* 16, count: 16)
  }
}

extension Vector {
  /// Lends the rows of a string, dynamic, guid or decimal vector as bytes.
  func withByteRows<Result>(_ body: (ByteRows, NullFlags?) throws -> Result) rethrows -> Result {
    let flat = flattened()
    switch flat.layout {
    case .text(let rows):
      return try withExtendedLifetime(rows) { try body(ByteRows(texts: rows), rows.nulls?.base) }
    case .fixed(let rows):
      return try withExtendedLifetime(rows) {
        try body(
          ByteRows(fixed: rows.values.values(UInt8.self) + rows.start * 16),
          rows.nulls?.base
        )
      }
    case .constant, .dictionary: unreachable("a flattened vector is fixed or text")
    }
  }
}

import CSIMD
import Columnar

/// Columns made of a run of texts.
struct ExtractedColumns {
  /// Flat vectors.
  let columns: [Vector]
  /// One byte a row: 1 where the text has the form that was asked for.
  let matched: Buffer

  /// The one row as many.
  func widened(to count: Int) -> ExtractedColumns {
    let flags = Buffer(byteCount: count)
    memset(flags.base, Int32(matched.values(UInt8.self)[0]), count)
    return ExtractedColumns(
      columns: columns.map { Vector(constant: $0.scalar(at: 0), count: count) },
      matched: flags
    )
  }
}

/// What was extracted from each value of a dictionary.
struct DictionaryExtract {
  /// Text columns stay dictionary-encoded over the codes of the source.
  private let dictionaries: [VectorDictionary?]
  private let values: ExtractedColumns

  init(_ values: ExtractedColumns) {
    self.values = values
    dictionaries = values.columns.map { column in
      column.type.isText ? VectorDictionary(values: column, isDistinct: false) : nil
    }
  }

  /// The columns of rows that have codes into the dictionary.
  func spread(over rows: DictionaryRows, count: Int) -> ExtractedColumns {
    let columns = zip(values.columns, dictionaries).map { column, dictionary in
      guard let dictionary else { return column.gather(rows.base, count: count) }
      return Vector(
        type: column.type,
        count: count,
        layout: .dictionary(
          DictionaryRows(codes: rows.codes, start: rows.start, dictionary: dictionary)
        )
      )
    }
    let flags = Buffer(byteCount: count)
    let target = flags.values(UInt8.self)
    let source = values.matched.values(UInt8.self)
    let codes = rows.base
    for row in 0..<count { target[row] = source[Int(codes[row])] }
    return ExtractedColumns(columns: columns, matched: flags)
  }
}

extension Vector {
  /// The flat vector with null (or the empty text) in the rows whose flag is 0.
  func keeping(_ flags: UnsafePointer<UInt8>) -> Vector {
    if memchr(flags, 0, count) == nil { return self }
    switch layout {
    case .fixed(let rows):
      let kept = FixedRows(
        values: rows.values,
        start: rows.start,
        nulls: Self.nulls(rows.nulls, flags, count)
      )
      return Vector(type: type, count: count, layout: .fixed(kept))
    case .text(let rows):
      let views = Buffer(byteCount: count * 8)
      let target = views.values(UInt64.self)
      let source = rows.base
      for row in 0..<count { target[row] = flags[row] == 0 ? 0 : source[row] }
      let kept = TextRows(
        views: views,
        heap: rows.heap,
        nulls: type == .string ? nil : Self.nulls(rows.nulls, flags, count),
        isAscending: rows.isAscending
      )
      return Vector(type: type, count: count, layout: .text(kept))
    case .constant, .dictionary: return flattened().keeping(flags)
    }
  }

  private static func nulls(
    _ nulls: NullRows?,
    _ flags: UnsafePointer<UInt8>,
    _ count: Int
  ) -> NullRows {
    let buffer = Buffer(byteCount: count)
    let target = buffer.values(UInt8.self)
    if let nulls {
      let known = nulls.base
      for row in 0..<count { target[row] = known[row] | (flags[row] ^ 1) }
    } else {
      for row in 0..<count { target[row] = flags[row] ^ 1 }
    }
    return NullRows(flags: buffer)
  }
}

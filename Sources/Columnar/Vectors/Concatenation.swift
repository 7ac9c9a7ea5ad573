import CSIMD

extension Vector {
  /// Joins vectors of one type row after row.
  ///
  /// Vectors that share a dictionary stay dictionary-encoded; equal constants stay constant.
  public static func concatenating(_ parts: [Vector], type: ScalarType) -> Vector {
    if parts.count == 1, let only = parts.first { return only }
    let count = parts.reduce(0) { $0 + $1.count }
    if let first = parts.first?.constant, parts.allSatisfy({ $0.constant == first }) {
      return Vector(constant: first, count: count)
    }
    if let shared = sharedDictionary(parts) {
      return joinCodes(parts, shared, count)
    }
    if let joined = joinDictionaries(parts, type, count) { return joined }
    let flat = parts.map { $0.flattened() }
    return type.isText ? joinTexts(flat, type, count) : joinFixed(flat, type, count)
  }

  private static func sharedDictionary(_ parts: [Vector]) -> VectorDictionary? {
    guard let first = parts.first?.dictionaryRows?.dictionary else { return nil }
    let isShared = parts.allSatisfy { $0.dictionaryRows?.dictionary === first }
    return isShared ? first : nil
  }

  private static func joinCodes(
    _ parts: [Vector],
    _ dictionary: VectorDictionary,
    _ count: Int
  ) -> Vector {
    let codes = Buffer(byteCount: count * 4)
    var row = 0
    for part in parts {
      guard let rows = part.dictionaryRows else { continue }
      memcpy(codes.base + row * 4, rows.base, part.count * 4)
      row += part.count
    }
    return Vector(
      type: dictionary.values.type,
      count: count,
      layout: .dictionary(DictionaryRows(codes: codes, dictionary: dictionary))
    )
  }

  private static func joinFixed(_ parts: [Vector], _ type: ScalarType, _ count: Int) -> Vector {
    let width = type.byteWidth
    let values = Buffer(byteCount: count * width)
    var row = 0
    for part in parts {
      guard case .fixed(let rows) = part.layout else { continue }
      memcpy(values.base + row * width, rows.values.base + rows.start * width, part.count * width)
      row += part.count
    }
    return Vector(
      type: type,
      count: count,
      layout: .fixed(FixedRows(values: values, nulls: joinNulls(parts, count)))
    )
  }

  private static func joinNulls(_ parts: [Vector], _ count: Int) -> NullRows? {
    let nulls = parts.map { $0.nullRows() }
    guard nulls.contains(where: { $0 != nil }) else { return nil }
    let flags = Buffer(byteCount: count)
    var row = 0
    for (part, rows) in zip(parts, nulls) {
      if let rows {
        memcpy(flags.base + row, rows.base, part.count)
      } else {
        memset(flags.base + row, 0, part.count)
      }
      row += part.count
    }
    return NullRows(flags: flags)
  }

  private static func joinTexts(_ parts: [Vector], _ type: ScalarType, _ count: Int) -> Vector {
    let views = Buffer(byteCount: count * 8)
    let target = views.values(UInt64.self)
    let heap = Buffer(byteCount: parts.reduce(0) { $0 + $1.textByteCount })
    var row = 0
    var end = 0
    for part in parts {
      guard case .text(let rows) = part.layout else { continue }
      // Nobody reads the texts of a query that was ended.
      let isEnded = MemoryAccount.isEnded
      for index in 0..<part.count {
        let text = rows[index]
        if !isEnded { memcpy(heap.base + end, text.base, text.count) }
        target[row] =
          UInt64(truncatingIfNeeded: end) | UInt64(truncatingIfNeeded: text.count) &<< 32
        end &+= text.count
        row &+= 1
      }
    }
    return Vector(
      type: type,
      count: count,
      layout: .text(
        TextRows(views: views, heap: heap, nulls: joinNulls(parts, count), isAscending: true)
      )
    )
  }

  /// Bytes of all values of a text vector; 0 for others.
  public var textByteCount: Int {
    guard case .text(let rows) = layout else { return 0 }
    let base = rows.base
    var total = 0
    for row in 0..<count { total &+= Int(base[row] &>> 32) }
    return total
  }
}

import Columnar

/// Reads what `BatchEncoder` wrote.
struct BatchDecoder {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The rows; nil where the bytes do not hold them.
  mutating func batch(_ types: [ScalarType], count: Int) -> Batch? {
    var columns: [Vector] = []
    for type in types {
      guard let column = column(type, count) else { return nil }
      columns.append(column)
    }
    return position == bytes.count ? Batch(columns: columns, count: count) : nil
  }

  private mutating func column(_ type: ScalarType, _ count: Int) -> Vector? {
    switch word(UInt8.self).flatMap(ColumnForm.init) {
    case .constant:
      if count == 0 { return Vector.empty(type) }
      guard let value = column(type, 1) else { return nil }
      return Vector(constant: value.scalar(at: 0), count: count)
    case .fixed: return fixed(type, count)
    case .text: return text(type, count)
    case .numbered: return numbered(type, count)
    case nil: return nil
    }
  }

  private mutating func fixed(_ type: ScalarType, _ count: Int) -> Vector? {
    guard let hasNulls = word(UInt8.self), let values = block(count * type.byteWidth) else {
      return nil
    }
    var nulls: NullRows?
    if hasNulls != 0 {
      guard let flags = block(count) else { return nil }
      nulls = NullRows(flags: flags)
    }
    return Vector(
      type: type,
      count: count,
      layout: .fixed(FixedRows(values: values, nulls: nulls))
    )
  }

  private mutating func text(_ type: ScalarType, _ count: Int) -> Vector? {
    guard let hasNulls = word(UInt8.self), let lengths = block(count * 4) else { return nil }
    var nulls: NullRows?
    if hasNulls != 0 {
      guard let flags = block(count) else { return nil }
      nulls = NullRows(flags: flags)
    }
    guard let total = word(UInt64.self), let heap = block(Int(clamping: total)) else { return nil }
    let views = Buffer(byteCount: count * 8)
    let view = views.values(UInt64.self)
    let length = lengths.values(UInt32.self)
    var start: UInt64 = 0
    for row in 0..<count {
      view[row] = start | UInt64(length[row]) &<< 32
      start &+= UInt64(length[row])
    }
    guard start == total else { return nil }
    let rows = TextRows(views: views, heap: heap, nulls: nulls, isAscending: true)
    return Vector(type: type, count: count, layout: .text(rows))
  }

  private mutating func numbered(_ type: ScalarType, _ count: Int) -> Vector? {
    guard let size = word(UInt32.self), let codes = block(count * 4),
      let values = column(type, Int(size))
    else { return nil }
    let code = codes.values(UInt32.self)
    for row in 0..<count where code[row] >= size { return nil }
    let dictionary = VectorDictionary(values: values, isDistinct: false)
    return Vector(
      type: type,
      count: count,
      layout: .dictionary(DictionaryRows(codes: codes, dictionary: dictionary))
    )
  }

  private mutating func block(_ count: Int) -> Buffer? {
    guard count >= 0, count <= bytes.count - position else { return nil }
    defer { position += count }
    return Buffer(copying: UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
  }

  private mutating func word<Word: FixedWidthInteger>(_: Word.Type) -> Word? {
    let size = MemoryLayout<Word>.size
    guard size <= bytes.count - position else { return nil }
    defer { position += size }
    return bytes.loadUnaligned(fromByteOffset: position, as: Word.self)
  }
}

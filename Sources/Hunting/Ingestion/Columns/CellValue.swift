import Columnar

/// A fixed-width value that a cell can be read as.
protocol CellValue: FixedWidthValue {
  /// Reads a cell that is not missing; nil where it is no such value.
  static func read(_ cell: Cell) -> Self?
}

extension Bool: CellValue {
  static func read(_ cell: Cell) -> Bool? {
    switch cell.kind {
    case .true: return true
    case .false: return false
    case .container, .null, .escapedString: return nil
    case .field, .string, .number: break
    }
    let text = cell.text
    if text.count == 1 { return text[0] == 0x31 ? true : text[0] == 0x30 ? false : nil }
    if text.isWord("true") { return true }
    return text.isWord("false") ? false : nil
  }
}

extension Int64: CellValue {
  static func read(_ cell: Cell) -> Int64? {
    switch cell.kind {
    case .true: return 1
    case .false: return 0
    case .container, .null, .escapedString: return nil
    case .field, .string, .number: break
    }
    if let value = NumberParsing.long(cell.text.buffer) { return value }
    // Writers that know reals only spell 5 as 5.0 or 5e0; nothing is lost by reading it.
    return NumberParsing.real(cell.text.buffer).flatMap { Int64(exactly: $0) }
  }
}

extension Int32: CellValue {
  static func read(_ cell: Cell) -> Int32? { Int64.read(cell).flatMap { Int32(exactly: $0) } }
}

extension Double: CellValue {
  static func read(_ cell: Cell) -> Double? {
    switch cell.kind {
    case .true, .false, .container, .null, .escapedString: nil
    case .field, .string, .number: NumberParsing.real(cell.text.buffer)
    }
  }
}

extension Decimal128: CellValue {
  static func read(_ cell: Cell) -> Decimal128? {
    switch cell.kind {
    case .true, .false, .container, .null, .escapedString: nil
    case .field, .string, .number: Decimal128(parsing: cell.text.buffer)
    }
  }
}

extension DateTime: CellValue {
  static func read(_ cell: Cell) -> DateTime? {
    switch cell.kind {
    case .field, .string: DateTime(parsing: cell.text.buffer)
    default: nil
    }
  }
}

extension TimeSpan: CellValue {
  static func read(_ cell: Cell) -> TimeSpan? {
    switch cell.kind {
    case .field, .string: TimeSpan(parsing: cell.text.buffer)
    default: nil
    }
  }
}

extension GUID: CellValue {
  static func read(_ cell: Cell) -> GUID? {
    switch cell.kind {
    case .field, .string: GUID(parsing: cell.text.buffer)
    default: nil
    }
  }
}

extension TextView {
  /// Whether the text is a word of lower-case ASCII letters, in any case.
  func isWord(_ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    for index in 0..<count where self[index] | 0x20 != word.utf8Start[index] { return false }
    return true
  }
}

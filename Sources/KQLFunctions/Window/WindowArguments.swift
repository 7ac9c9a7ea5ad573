import Columnar

/// Whole numbers by row, from a vector of any type of whole number or a default.
struct WholeNumberRows {
  private let values: [Int]?
  private let constant: Int

  init(_ vector: Vector?, or fallback: Int) {
    guard let vector else {
      values = nil
      constant = fallback
      return
    }
    if let scalar = vector.constant {
      values = nil
      constant = Self.number(scalar) ?? fallback
      return
    }
    constant = fallback
    values = (0..<vector.count).map { Self.number(vector.scalar(at: $0)) ?? fallback }
  }

  subscript(_ row: Int) -> Int { values?[row] ?? constant }

  private static func number(_ value: Scalar) -> Int? {
    switch value {
    case .int(let value): Int(value)
    case .long(let value): Int(exactly: value)
    default: nil
    }
  }
}

/// The rows at which a window function starts anew; null does not.
struct RestartRows {
  private let flags: [Bool]?
  private let constant: Bool

  init(_ call: WindowCall, at position: Int) {
    guard call.arguments.count > position else {
      flags = nil
      constant = false
      return
    }
    let vector = call.arguments[position]
    if let scalar = vector.constant {
      flags = nil
      constant = scalar == .bool(true)
      return
    }
    constant = false
    var flags = [Bool](repeating: false, count: vector.count)
    let selection = Selection(trueRowsOf: vector)
    for index in 0..<selection.count { flags[Int(selection.base[index])] = true }
    self.flags = flags
  }

  subscript(_ row: Int) -> Bool { flags?[row] ?? constant }
}

/// Tells whether a row has the same value as the one before; two nulls are the same, two NaN too.
struct RowRuns {
  private let values: Vector

  init(_ vector: Vector) { values = vector.flattened() }

  func continues(at row: Int) -> Bool {
    let isNull = values.isNull(at: row)
    if isNull || values.isNull(at: row - 1) { return isNull && values.isNull(at: row - 1) }
    switch values.layout {
    case .text(let rows): return rows[row].isEqual(rows[row - 1])
    case .fixed(let rows): return isSame(rows, row, row - 1)
    case .constant, .dictionary: unreachable("the vector was flattened")
    }
  }

  private func isSame(_ rows: FixedRows, _ left: Int, _ right: Int) -> Bool {
    if values.type == .real {
      let reals = rows.base(Double.self)
      return reals[left] == reals[right] || reals[left].isNaN && reals[right].isNaN
    }
    switch values.type.byteWidth {
    case 1: return rows.base(UInt8.self)[left] == rows.base(UInt8.self)[right]
    case 4: return rows.base(Int32.self)[left] == rows.base(Int32.self)[right]
    case 8: return rows.base(Int64.self)[left] == rows.base(Int64.self)[right]
    default: return rows.base(GUID.self)[left] == rows.base(GUID.self)[right]
    }
  }
}

/// A column of a batch: immutable, cheap to copy and to slice.
///
/// Segments on disk decode into these very types, so nothing is converted between storage and
/// execution.
@frozen
public struct Vector: Sendable {
  public let type: ScalarType
  /// The number of rows.
  public let count: Int
  public let layout: VectorLayout

  @inlinable
  public init(type: ScalarType, count: Int, layout: VectorLayout) {
    self.type = type
    self.count = count
    self.layout = layout
  }

  /// Makes a vector with one value in every row.
  @inlinable
  public init(constant: Scalar, count: Int) {
    self.init(type: constant.type, count: count, layout: .constant(constant))
  }

  /// The value of a constant vector, else nil.
  @inlinable public var constant: Scalar? {
    if case .constant(let value) = layout { return value }
    return nil
  }

  /// The rows of a dictionary vector, else nil.
  @inlinable public var dictionaryRows: DictionaryRows? {
    if case .dictionary(let rows) = layout { return rows }
    return nil
  }

  /// A run of rows, without a copy. The range must lie inside.
  public func slice(_ range: Range<Int>) -> Vector {
    if range.lowerBound == 0, range.upperBound == count { return self }
    let first = range.lowerBound
    let part: VectorLayout
    switch layout {
    case .constant: part = layout
    case .fixed(let rows):
      part = .fixed(
        FixedRows(
          values: rows.values,
          start: rows.start + first,
          nulls: rows.nulls?.advanced(by: first)
        )
      )
    case .text(let rows):
      part = .text(
        TextRows(
          views: rows.views,
          start: rows.start + first,
          heap: rows.heap,
          nulls: rows.nulls?.advanced(by: first),
          isAscending: rows.isAscending
        )
      )
    case .dictionary(let rows):
      part = .dictionary(
        DictionaryRows(
          codes: rows.codes,
          start: rows.start + first,
          dictionary: rows.dictionary
        )
      )
    }
    return Vector(type: type, count: range.count, layout: part)
  }

  /// The value of a row as a scalar; for results and tests, not for loops.
  public func scalar(at row: Int) -> Scalar {
    switch layout {
    case .constant(let value): return value
    case .fixed(let rows):
      if let nulls = rows.nulls, nulls.base[row] != 0 { return .null(type) }
      return fixedScalar(rows, row)
    case .text(let rows):
      if let nulls = rows.nulls, nulls.base[row] != 0 { return .null(type) }
      let bytes = rows[row].bytes
      return type == .string ? .string(ByteString(bytes)) : .dynamic(DynamicValue(bytes: bytes))
    case .dictionary(let rows):
      return rows.dictionary.values.scalar(at: Int(rows.base[row]))
    }
  }

  /// Whether the value of a row is null.
  public func isNull(at row: Int) -> Bool {
    switch layout {
    case .constant(let value): return value.isNull
    case .fixed(let rows): return rows.nulls.map { $0.base[row] != 0 } ?? false
    case .text(let rows): return rows.nulls.map { $0.base[row] != 0 } ?? false
    case .dictionary(let rows):
      return rows.dictionary.values.isNull(at: Int(rows.base[row]))
    }
  }

  private func fixedScalar(_ rows: FixedRows, _ row: Int) -> Scalar {
    switch type {
    case .bool: .bool(rows.base(Bool.self)[row])
    case .int: .int(rows.base(Int32.self)[row])
    case .long: .long(rows.base(Int64.self)[row])
    case .real: .real(rows.base(Double.self)[row])
    case .decimal: .decimal(rows.base(Decimal128.self)[row])
    case .datetime: .datetime(rows.base(DateTime.self)[row])
    case .timespan: .timespan(rows.base(TimeSpan.self)[row])
    case .guid: .guid(rows.base(GUID.self)[row])
    case .string, .dynamic: unreachable("text types have no fixed-width rows")
    }
  }
}

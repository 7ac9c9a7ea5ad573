/// Indices of the rows of a batch that passed a filter, ascending.
@frozen
public struct Selection: Sendable {
  /// `UInt32` indices.
  public let indices: Buffer
  public let count: Int

  @inlinable
  public init(indices: Buffer, count: Int) {
    self.indices = indices
    self.count = count
  }

  /// The first index.
  @inlinable public var base: UnsafePointer<UInt32> {
    UnsafePointer(indices.values(UInt32.self))
  }

  /// Collects the rows whose flag is 1; branch-free.
  public init(flags: UnsafePointer<UInt8>, count rows: Int) {
    let buffer = Buffer(byteCount: rows * 4)
    let target = buffer.values(UInt32.self)
    var picked = 0
    for row in 0..<rows {
      target[picked] = UInt32(truncatingIfNeeded: row)
      picked &+= Int(flags[row])
    }
    self.init(indices: buffer, count: picked)
  }

  /// Collects the rows in which a bool vector is true; null counts as false.
  public init(trueRowsOf vector: Vector) {
    switch vector.layout {
    case .constant(let value):
      self = value == .bool(true) ? Selection(all: vector.count) : .none
    case .fixed(let rows):
      self = withExtendedLifetime(rows) {
        guard let nulls = rows.nulls else {
          return Selection(flags: rows.base(UInt8.self), count: vector.count)
        }
        return Selection(rows.base(UInt8.self), without: nulls.base, count: vector.count)
      }
    case .dictionary: self.init(trueRowsOf: vector.flattened())
    case .text: unreachable("a bool vector has fixed-width rows")
    }
  }

  /// Selects every row.
  public init(all rows: Int) {
    let buffer = Buffer(byteCount: rows * 4)
    let target = buffer.values(UInt32.self)
    for row in 0..<rows { target[row] = UInt32(truncatingIfNeeded: row) }
    self.init(indices: buffer, count: rows)
  }

  /// Selects no row.
  public static let none = Selection(indices: .empty, count: 0)

  /// The selection of a selection: `inner` counts within the rows of the receiver.
  public func picking(_ inner: Selection) -> Selection {
    let buffer = Buffer(byteCount: inner.count * 4)
    let target = buffer.values(UInt32.self)
    let outerBase = base
    let innerBase = inner.base
    for row in 0..<inner.count { target[row] = outerBase[Int(innerBase[row])] }
    return Selection(indices: buffer, count: inner.count)
  }

  private init(
    _ flags: UnsafePointer<UInt8>,
    without nulls: UnsafePointer<UInt8>,
    count rows: Int
  ) {
    let buffer = Buffer(byteCount: rows * 4)
    let target = buffer.values(UInt32.self)
    var picked = 0
    for row in 0..<rows {
      target[picked] = UInt32(truncatingIfNeeded: row)
      picked &+= Int(flags[row] & (nulls[row] ^ 1))
    }
    self.init(indices: buffer, count: picked)
  }
}

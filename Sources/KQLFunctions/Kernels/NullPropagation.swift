public import Columnar
import CSIMD

extension KernelCall {
  /// Whether an argument is null in every row, so that the result is too.
  @inlinable public var hasConstantNull: Bool {
    arguments.contains { $0.constant?.isNull ?? false }
  }

  /// The result of a call with a constant null argument.
  public func missingResult() -> Vector {
    Vector(constant: .missing(resultType), count: count)
  }

  /// Null flags of the rows in which any argument is null, or nil where none is.
  public func combinedNulls() -> NullRows? {
    let nulls = arguments.compactMap { $0.constant == nil ? $0.nullRows() : nil }
    guard let first = nulls.first else { return nil }
    if nulls.count == 1 { return first }
    let flags = Buffer(byteCount: count)
    let target = flags.values(UInt8.self)
    memcpy(target, first.base, count)
    for other in nulls.dropFirst() {
      let source = other.base
      for row in 0..<count { target[row] |= source[row] }
    }
    return NullRows(flags: flags)
  }

  /// Whether every argument is constant, so that one row is enough.
  @inlinable public var isConstant: Bool {
    !arguments.isEmpty && arguments.allSatisfy { $0.constant != nil }
  }
}

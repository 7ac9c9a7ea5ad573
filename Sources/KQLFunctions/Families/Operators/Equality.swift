import Columnar

// `==` and `!=` over all types: one null makes them false and true, two nulls make them null.

extension ScalarFunction {
  static let equal = ScalarFunction(
    "Equal",
    """
    left:bool right:Scalar !
    | left:NotBool right:Scalar
    | left:NotBool@StarOnly right:Scalar
    """,
    "Tells whether two values are equal.",
    examples: [
      Example("print \"a\" == \"A\"", "false"), Example("print 1 == 1.0", "true"),
      Example("print 1 == long(null)", "false"),
    ],
    kernels: equalityKernels(isNegated: false)
  )

  static let notEqual = ScalarFunction(
    "NotEqual",
    "left:bool right:Scalar ! | left:NotBool right:Scalar",
    "Tells whether two values differ.",
    examples: [
      Example("print \"a\" != \"A\"", "true"), Example("print 1 != long(null)", "true"),
      Example("print long(null) != long(null)", "null"),
    ],
    kernels: equalityKernels(isNegated: true)
  )
}

private func equalityKernels(isNegated: Bool) -> [ScalarKernel] {
  [
    .equality(isNegated) { (left: Int64, right: Int64) in left == right },
    .equality(isNegated) { (left: Int32, right: Int32) in left == right },
    .equality(isNegated) { (left: Int32, right: Int64) in Int64(left) == right },
    .equality(isNegated) { (left: Int64, right: Int32) in left == Int64(right) },
    .equality(isNegated) { (left: Double, right: Double) in left == right },
    .equality(isNegated) { (left: DateTime, right: DateTime) in left.ticks == right.ticks },
    .equality(isNegated) { (left: TimeSpan, right: TimeSpan) in left.ticks == right.ticks },
    .equality(isNegated) { (left: Bool, right: Bool) in left.number == right.number },
    .equality(isNegated) { (left: Bool, right: Int64) in left.number == right },
    .equality(isNegated) { (left: Int64, right: Bool) in left == right.number },
    .equality(isNegated) { (left: GUID, right: GUID) in left == right },
    .equality(isNegated) { (left: Decimal128, right: Decimal128) in left == right },
    .textEquality(isNegated),
  ] + ScalarKernel.dynamicEqualities(isNegated: isNegated)
    + [.refusingDynamics(result: .bool)]
}

extension ScalarKernel {
  /// Lifts a test of two fixed-width values with the null rules of `==` or `!=`.
  @inline(__always)
  fileprivate static func equality<
    A: KernelValue & FixedWidthValue,
    B: KernelValue & FixedWidthValue
  >(_ isNegated: Bool, _ body: @escaping @Sendable (A, B) -> Bool) -> ScalarKernel {
    ScalarKernel([.type(A.kernelType), .type(B.kernelType)], result: .bool) { call in
      let count = call.isConstant ? 1 : call.count
      let left = FixedOperand<A>(call.arguments[0])
      let right = FixedOperand<B>(call.arguments[1])
      let values =
        isNegated
        ? zipRows(left, right, count: count) { !body($0, $1) }
        : zipRows(left, right, count: count) { body($0, $1) }
      return call.widened(call.pairResult(values, count: count, whenOneIsNull: isNegated))
    }
  }

  /// Compares strings byte by byte; a string is never null.
  fileprivate static func textEquality(_ isNegated: Bool) -> ScalarKernel {
    ScalarKernel([.type(.string), .type(.string)], result: .bool) { call in
      let left = call.arguments[0]
      let right = call.arguments[1]
      if let constant = right.constant, left.constant == nil {
        return compareTexts(left, with: constant, count: call.count, isNegated: isNegated)
      }
      if let constant = left.constant, right.constant == nil {
        return compareTexts(right, with: constant, count: call.count, isNegated: isNegated)
      }
      let count = call.isConstant ? 1 : call.count
      let values = Buffer(byteCount: count)
      let target = values.values(Bool.self)
      let leftRows = TextReader(left)
      let rightRows = TextReader(right)
      for row in 0..<count {
        let a = leftRows[row]
        let b = rightRows[row]
        let isEqual = a.count == b.count && equalBytes(a.base, b.base, count: a.count)
        target[row] = isEqual != isNegated
      }
      return call.widened(Vector(type: .bool, count: count, layout: .fixed(.init(values: values))))
    }
  }
}

/// Compares the rows of a string vector with one text: lengths first, then eight bytes, and
/// only then the rest.
private func compareTexts(
  _ vector: Vector,
  with constant: Scalar,
  count: Int,
  isNegated: Bool
) -> Vector {
  guard case .string(let text) = constant, case .text(let rows) = vector.flattened().layout else {
    unreachable("a string argument has string rows")
  }
  let values = Buffer(byteCount: count)
  let target = values.values(UInt8.self)
  let views = rows.base
  let heap = UnsafeRawPointer(rows.heapBase)
  let negation: UInt8 = isNegated ? 1 : 0
  withExtendedLifetime(rows) {
    text.bytes.withTextView { needle in
      let length = UInt64(truncatingIfNeeded: needle.count)
      let mask = needle.count >= 8 ? UInt64.max : (1 &<< (length &* 8)) &- 1
      var head: UInt64 = 0
      for offset in 0..<min(8, needle.count) {
        head |= UInt64(needle[offset]) &<< UInt64(truncatingIfNeeded: offset &* 8)
      }
      for row in 0..<count {
        let view = views[row]
        let place = heap + Int(view & 0xFFFF_FFFF)
        let word = UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
        var isEqual = view &>> 32 == length && word & mask == head
        if isEqual, needle.count > 8 {
          let bytes = place.assumingMemoryBound(to: UInt8.self)
          isEqual = equalBytes(bytes, needle.base, count: needle.count)
        }
        target[row] = unsafeBitCast(isEqual, to: UInt8.self) ^ negation
      }
    }
  }
  return Vector(type: .bool, count: count, layout: .fixed(FixedRows(values: values)))
}

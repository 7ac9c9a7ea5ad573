public import Columnar

// Row closures lifted to vectors. Null in, null out; an optional result makes nulls; constant
// arguments are read once.

extension ScalarKernel {
  /// Lifts a function of one value to a fixed-width result.
  @inlinable
  public static func map<A: KernelValue, R: KernelResult>(
    _ body: @escaping @Sendable (A) throws -> R
  ) -> ScalarKernel {
    ScalarKernel([.type(A.kernelType)], result: R.Stored.scalarType) { call in
      try liftFixed(call) {
        let a = A.Reader(call.arguments[0])
        return { row in try body(a[row]).stored }
      }
    }
  }

  /// Lifts a function of two values to a fixed-width result.
  @inlinable
  public static func map<A: KernelValue, B: KernelValue, R: KernelResult>(
    _ body: @escaping @Sendable (A, B) throws -> R
  ) -> ScalarKernel {
    ScalarKernel([.type(A.kernelType), .type(B.kernelType)], result: R.Stored.scalarType) { call in
      try liftFixed(call) {
        let a = A.Reader(call.arguments[0])
        let b = B.Reader(call.arguments[1])
        return { row in try body(a[row], b[row]).stored }
      }
    }
  }

  /// Lifts a function of three values to a fixed-width result.
  @inlinable
  public static func map<A: KernelValue, B: KernelValue, C: KernelValue, R: KernelResult>(
    _ body: @escaping @Sendable (A, B, C) throws -> R
  ) -> ScalarKernel {
    let parameters: [Parameter] = [
      .type(A.kernelType), .type(B.kernelType), .type(C.kernelType),
    ]
    return ScalarKernel(parameters, result: R.Stored.scalarType) { call in
      try liftFixed(call) {
        let a = A.Reader(call.arguments[0])
        let b = B.Reader(call.arguments[1])
        let c = C.Reader(call.arguments[2])
        return { row in try body(a[row], b[row], c[row]).stored }
      }
    }
  }

  /// Lifts a function of one value that writes a text; what it writes is the row's value.
  @inlinable
  public static func text<A: KernelValue>(
    _ body: @escaping @Sendable (A, TextBuilder) throws -> Void
  ) -> ScalarKernel {
    ScalarKernel([.type(A.kernelType)], result: .string) { call in
      try liftText(call) { builder in
        let a = A.Reader(call.arguments[0])
        return { row in try body(a[row], builder) }
      }
    }
  }

  /// Lifts a function of two values that writes a text.
  @inlinable
  public static func text<A: KernelValue, B: KernelValue>(
    _ body: @escaping @Sendable (A, B, TextBuilder) throws -> Void
  ) -> ScalarKernel {
    ScalarKernel([.type(A.kernelType), .type(B.kernelType)], result: .string) { call in
      try liftText(call) { builder in
        let a = A.Reader(call.arguments[0])
        let b = B.Reader(call.arguments[1])
        return { row in try body(a[row], b[row], builder) }
      }
    }
  }

  /// Lifts a function of three values that writes a text.
  @inlinable
  public static func text<A: KernelValue, B: KernelValue, C: KernelValue>(
    _ body: @escaping @Sendable (A, B, C, TextBuilder) throws -> Void
  ) -> ScalarKernel {
    let parameters: [Parameter] = [
      .type(A.kernelType), .type(B.kernelType), .type(C.kernelType),
    ]
    return ScalarKernel(parameters, result: .string) { call in
      try liftText(call) { builder in
        let a = A.Reader(call.arguments[0])
        let b = B.Reader(call.arguments[1])
        let c = C.Reader(call.arguments[2])
        return { row in try body(a[row], b[row], c[row], builder) }
      }
    }
  }
}

/// Runs a row function over a call and collects fixed-width results.
@inlinable
func liftFixed<R: FixedWidthValue>(
  _ call: KernelCall,
  _ prepare: () throws -> (Int) throws -> R?
) throws -> Vector {
  if call.hasConstantNull { return call.missingResult() }
  let rows = call.isConstant ? 1 : call.count
  let nulls = call.combinedNulls()
  let body = try prepare()
  let builder = FixedBuilder<R>(capacity: rows)
  for row in 0..<rows {
    try MemoryAccount.checkEnd(atRow: row)
    if let nulls, nulls.base[row] != 0 {
      builder.appendNull()
    } else {
      builder.append(try body(row))
    }
  }
  return call.widened(builder.finish())
}

/// Runs a row function over a call and collects texts.
@inlinable
func liftText(
  _ call: KernelCall,
  _ prepare: (TextBuilder) throws -> (Int) throws -> Void
) throws -> Vector {
  if call.hasConstantNull { return call.missingResult() }
  let rows = call.isConstant ? 1 : call.count
  let nulls = call.combinedNulls()
  let builder = TextBuilder(capacity: rows)
  let body = try prepare(builder)
  for row in 0..<rows {
    try MemoryAccount.checkEnd(atRow: row)
    if let nulls, nulls.base[row] != 0 {
      builder.appendNull()
    } else {
      try body(row)
      builder.endRow()
    }
  }
  return call.widened(builder.finish())
}

extension KernelCall {
  /// Turns the single row of a constant call into a constant vector of all rows.
  public func widened(_ vector: Vector) -> Vector {
    guard isConstant else { return vector }
    return Vector(constant: vector.scalar(at: 0), count: count)
  }
}

public import Columnar

// Row closures whose result is a dynamic value, written through a `DynamicWriter`.

extension ScalarKernel {
  /// Lifts a function of one value that writes a dynamic; without a write the row is null.
  public static func dynamic<A: KernelValue>(
    _ body: @escaping @Sendable (A, inout DynamicWriter) throws -> Void
  ) -> ScalarKernel {
    ScalarKernel([.type(A.kernelType)], result: .dynamic) { call in
      let a = A.Reader(call.arguments[0])
      return try liftDynamic(call) { row, writer in try body(a[row], &writer) }
    }
  }

  /// Lifts a function of two values that writes a dynamic.
  public static func dynamic<A: KernelValue, B: KernelValue>(
    _ body: @escaping @Sendable (A, B, inout DynamicWriter) throws -> Void
  ) -> ScalarKernel {
    ScalarKernel([.type(A.kernelType), .type(B.kernelType)], result: .dynamic) { call in
      let a = A.Reader(call.arguments[0])
      let b = B.Reader(call.arguments[1])
      return try liftDynamic(call) { row, writer in try body(a[row], b[row], &writer) }
    }
  }
}

/// Runs a row function over a call and collects dynamic values; a null argument makes null.
func liftDynamic(
  _ call: KernelCall,
  _ body: (Int, inout DynamicWriter) throws -> Void
) throws -> Vector {
  if call.hasConstantNull { return call.missingResult() }
  let rows = call.isConstant ? 1 : call.count
  let nulls = call.combinedNulls()
  let builder = TextBuilder(type: .dynamic, capacity: rows)
  var writer = DynamicWriter()
  for row in 0..<rows {
    try MemoryAccount.checkEnd(atRow: row)
    if let nulls, nulls.base[row] != 0 {
      builder.appendNull()
      continue
    }
    writer.removeAll()
    try body(row, &writer)
    builder.append(writer)
  }
  return call.widened(builder.finish())
}

extension TextBuilder {
  /// Adds the one value that a writer holds; nothing, null and a failed value are null.
  func append(_ writer: borrowing DynamicWriter) {
    let view = writer.view()
    if view.isNull {
      appendNull()
    } else {
      append(TextView(base: view.start, count: view.byteCount))
    }
  }
}

extension DynamicWriter {
  /// Appends a string.
  mutating func append(text: TextView) { append(string: text.buffer) }

  /// Appends a member of the open bag.
  mutating func appendMember(_ name: StaticString, _ text: TextView) {
    appendName(name)
    append(string: text.buffer)
  }
}

import Columnar

extension ScalarKernel {
  /// Lifts a function that prints a value into a sink; null prints as the empty text.
  static func printing<A: KernelValue>(
    _ body: @escaping @Sendable (A, inout ByteSink) throws -> Void
  ) -> ScalarKernel {
    ScalarKernel([.type(A.kernelType)], result: .string) { call in
      try liftPrinted(call) {
        let values = A.Reader(call.arguments[0])
        return { row, sink in try body(values[row], &sink) }
      }
    }
  }

  /// Lifts a function that prints a value, with a second argument, into a sink.
  static func printing<A: KernelValue, B: KernelValue>(
    _ body: @escaping @Sendable (A, B, inout ByteSink) throws -> Void
  ) -> ScalarKernel {
    ScalarKernel([.type(A.kernelType), .type(B.kernelType)], result: .string) { call in
      try liftPrinted(call) {
        let values = A.Reader(call.arguments[0])
        let options = B.Reader(call.arguments[1])
        return { row, sink in try body(values[row], options[row], &sink) }
      }
    }
  }

  /// Prints each row of a call into one sink and collects the texts.
  static func liftPrinted(
    _ call: KernelCall,
    _ prepare: () throws -> (Int, inout ByteSink) throws -> Void
  ) throws -> Vector {
    if call.hasConstantNull { return call.missingResult() }
    let rows = call.isConstant ? 1 : call.count
    let nulls = call.combinedNulls()
    let body = try prepare()
    let builder = TextBuilder(capacity: rows)
    var sink = ByteSink(capacity: 64)
    for row in 0..<rows {
      try MemoryAccount.checkEnd(atRow: row)
      if let nulls, nulls.base[row] != 0 {
        builder.appendNull()
        continue
      }
      sink.removeAll()
      try body(row, &sink)
      if let start = sink.bytes.baseAddress {
        builder.append(TextView(base: start, count: sink.count))
      }
    }
    return call.widened(builder.finish())
  }
}

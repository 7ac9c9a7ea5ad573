import CSIMD
import Columnar

/// The arguments of one row as dynamic values; a null is the null value.
struct DynamicArguments {
  private let readers: [DynamicReader]
  private var row = 0

  init(_ vectors: [Vector]) { readers = vectors.map { DynamicReader($0.asDynamic()) } }

  /// The number of arguments.
  var count: Int { readers.count }

  /// The value of an argument; a missing one is null.
  subscript(_ index: Int) -> DynamicView {
    index < readers.count ? readers[index][row] : .null
  }

  /// All values in order.
  var all: [DynamicView] { readers.map { $0[row] } }

  /// Goes to a row.
  mutating func move(to row: Int) { self.row = row }

  /// A whole number among the arguments; nil where it is missing, null or none.
  func long(_ index: Int) -> Int64? { self[index].wholeNumber }
}

extension DynamicView {
  /// The value of a long, or of a real without a fraction.
  var wholeNumber: Int64? { long ?? real.flatMap { Int64(exactly: $0) } }

  /// The value of a long or real as a real.
  var number: Double? { long.map { Double($0) } ?? real }
}

extension ScalarKernel {
  /// Lifts a function of dynamic values that writes one; a row in which it writes nothing is null.
  /// Arguments of other types are taken as values, texts without being parsed.
  static func dynamic(
    _ parameters: [Parameter],
    minimumCount: Int? = nil,
    isVariadic: Bool = false,
    _ body: @escaping @Sendable (DynamicArguments, inout DynamicWriter) throws -> Void
  ) -> ScalarKernel {
    ScalarKernel(
      parameters,
      minimumCount: minimumCount,
      isVariadic: isVariadic,
      result: .dynamic
    ) { call in
      let rows = call.isConstant ? 1 : call.count
      var arguments = DynamicArguments(call.arguments)
      let builder = TextBuilder(type: .dynamic, capacity: rows)
      var writer = DynamicWriter()
      for row in 0..<rows {
        try MemoryAccount.checkEnd(atRow: row)
        arguments.move(to: row)
        writer.removeAll()
        try body(arguments, &writer)
        try builder.append(&writer, call)
      }
      return call.widened(builder.finish())
    }
  }

  /// Lifts a function of dynamic values to a fixed-width result; nulls reach the function.
  static func viewing<R: KernelResult>(
    _ parameters: [Parameter],
    minimumCount: Int? = nil,
    isVariadic: Bool = false,
    _ body: @escaping @Sendable (DynamicArguments) throws -> R
  ) -> ScalarKernel {
    ScalarKernel(
      parameters,
      minimumCount: minimumCount,
      isVariadic: isVariadic,
      result: R.Stored.scalarType
    ) { call in
      try liftViews(call) { try body($0).stored }
    }
  }
}

/// Runs a function of dynamic values over a call and collects fixed-width results.
private func liftViews<R: FixedWidthValue>(
  _ call: KernelCall,
  _ body: (DynamicArguments) throws -> R?
) throws -> Vector {
  let rows = call.isConstant ? 1 : call.count
  var arguments = DynamicArguments(call.arguments)
  let builder = FixedBuilder<R>(capacity: rows)
  for row in 0..<rows {
    try MemoryAccount.checkEnd(atRow: row)
    arguments.move(to: row)
    builder.append(try body(arguments))
  }
  return call.widened(builder.finish())
}

extension TextBuilder {
  /// Adds what a writer holds as one value; nothing and null are a null row.
  func append(_ writer: inout DynamicWriter, _ call: KernelCall) throws {
    if writer.hasFailed || writer.openCount > 0 {
      throw QueryFailure(
        .evaluation,
        "a dynamic value became too large or too deep",
        range: call.site.range
      )
    }
    let view = writer.view()
    if view.isNull {
      appendNull()
    } else {
      append(TextView(base: view.start, count: view.byteCount))
    }
  }
}

extension Vector {
  /// The rows as dynamic values; texts stay texts.
  func asDynamic() -> Vector {
    if type == .dynamic { return self }
    if let constant {
      let value: Scalar = constant.isNull ? .null(.dynamic) : .dynamic(constant.dynamicValue)
      return Vector(constant: value, count: count)
    }
    switch type {
    case .bool: return wrapped(Bool.self) { $1.append(bool: $0) }
    case .int: return wrapped(Int32.self) { $1.append(long: Int64($0)) }
    case .long: return wrapped(Int64.self) { $1.append(long: $0) }
    case .real: return wrapped(Double.self) { $1.append(real: $0) }
    case .decimal: return wrapped(Decimal128.self) { $1.append(decimal: $0) }
    case .datetime: return wrapped(DateTime.self) { $1.append(datetime: $0) }
    case .timespan: return wrapped(TimeSpan.self) { $1.append(timespan: $0) }
    case .guid: return wrapped(GUID.self) { $1.append(guid: $0) }
    case .string: return wrappedTexts()
    case .dynamic: return self
    }
  }

  private func wrapped<Value: FixedWidthValue>(
    _: Value.Type,
    _ write: (Value, inout DynamicWriter) -> Void
  ) -> Vector {
    let builder = TextBuilder(type: .dynamic, capacity: count, heapCapacity: count * 9)
    var writer = DynamicWriter(capacity: 32)
    withFixedRows(Value.self) { rows, nulls in
      for row in 0..<count {
        if let nulls, nulls[row] != 0 {
          builder.appendNull()
          continue
        }
        writer.removeAll()
        write(rows[row], &writer)
        let view = writer.view()
        builder.append(TextView(base: view.start, count: view.byteCount))
      }
    }
    return builder.finish()
  }

  private func wrappedTexts() -> Vector {
    let builder = TextBuilder(
      type: .dynamic,
      capacity: count,
      heapCapacity: textByteCount + count
    )
    withTextRows { rows, _ in
      for row in 0..<count {
        builder.write(rows[row])
        builder.write(byte: DynamicKind.string.rawValue)
        builder.endRow()
      }
    }
    return builder.finish()
  }
}

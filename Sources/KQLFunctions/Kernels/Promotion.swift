import Columnar

extension Vector {
  /// The same values as another type, where KQL converts without being asked: int to long to
  /// real to decimal, any value to dynamic, and a null of any type.
  ///
  /// Throws for other types, which the binder converts itself.
  func promoted(to wanted: ScalarType) throws -> Vector {
    if type == wanted { return self }
    if let constant {
      return Vector(constant: try constant.promoted(to: wanted), count: count)
    }
    switch (type, wanted) {
    case (.int, .long): return promote { (value: Int32) in Int64(value) }
    case (.int, .real): return promote { (value: Int32) in Double(value) }
    case (.long, .real): return promote { (value: Int64) in Double(value) }
    case (.int, .decimal), (.long, .decimal), (.real, .decimal), (_, .dynamic):
      let builder = VectorBuilder(type: wanted, capacity: count)
      for row in 0..<count { builder.append(try scalar(at: row).promoted(to: wanted)) }
      return builder.finish()
    default: throw Scalar.mismatch(type, wanted)
    }
  }

  private func promote<From: FixedWidthValue, To: FixedWidthValue>(
    _ body: (From) -> To
  ) -> Vector {
    let values = Buffer(byteCount: count * MemoryLayout<To>.stride)
    let target = values.values(To.self)
    let operand = FixedOperand<From>(self)
    let source = operand.base
    withExtendedLifetime(operand.owner) {
      for row in 0..<count { target[row] = body(source[row]) }
    }
    let rows = FixedRows(values: values, nulls: nullRows())
    return Vector(type: To.scalarType, count: count, layout: .fixed(rows))
  }
}

extension Scalar {
  /// The value as another type, as `Vector.promoted` does.
  func promoted(to wanted: ScalarType) throws -> Scalar {
    if type == wanted { return self }
    if isNull { return .missing(wanted) }
    switch (self, wanted) {
    case (.int(let value), .long): return .long(Int64(value))
    case (.int(let value), .real): return .real(Double(value))
    case (.long(let value), .real): return .real(Double(value))
    case (.int(let value), .decimal): return .decimal(Decimal128(Int64(value)))
    case (.long(let value), .decimal): return .decimal(Decimal128(value))
    case (.real(let value), .decimal):
      return Decimal128(value).map { .decimal($0) } ?? .null(.decimal)
    case (_, .dynamic): return .dynamic(dynamicValue)
    default: throw Self.mismatch(type, wanted)
    }
  }

  /// The value inside a dynamic.
  var dynamicValue: DynamicValue {
    var writer = DynamicWriter(capacity: 32)
    writer.append(scalar: self)
    return writer.value()
  }

  fileprivate static func mismatch(_ type: ScalarType, _ wanted: ScalarType) -> QueryFailure {
    QueryFailure(.evaluation, "a value of type \(type.name) is given where \(wanted.name) is due")
  }
}

extension DynamicWriter {
  /// Appends a value of any type.
  mutating func append(scalar: Scalar) {
    switch scalar {
    case .null: appendNull()
    case .bool(let value): append(bool: value)
    case .int(let value): append(long: Int64(value))
    case .long(let value): append(long: value)
    case .real(let value): append(real: value)
    case .decimal(let value): append(decimal: value)
    case .string(let value): append(string: value.bytes)
    case .datetime(let value): append(datetime: value)
    case .timespan(let value): append(timespan: value)
    case .guid(let value): append(guid: value)
    case .dynamic(let value): append(value)
    }
  }
}

import Columnar

extension WindowFunction {
  static let neighbourFamily: [WindowFunction] = [previous, following]

  static let previous = WindowFunction(
    "prev",
    "column:Scalar@Column offset:long? default_value:Scalar@Constant? -> Parameter0",
    "Returns the value of a column in an earlier row, by default the one before; where there is "
      + "no such row the default value, or null.",
    examples: [
      Example("range x from 1 to 2 step 1 | extend y = prev(x, 1, 0) | top 1 by x", "2, 1")
    ]
  ) { try shift($0, backwards: true) }

  static let following = WindowFunction(
    "next",
    "column:Scalar@Column offset:long? default_value:Scalar@Constant? -> Parameter0",
    "Returns the value of a column in a later row, by default the one behind; where there is no "
      + "such row the default value, or null.",
    examples: [
      Example("range x from 1 to 2 step 1 | extend y = next(x, 1, 0) | top 1 by x", "2, 0")
    ]
  ) { try shift($0, backwards: false) }

  private static func shift(_ call: WindowCall, backwards: Bool) throws -> Vector {
    let column = call.arguments[0]
    let offset = WholeNumberRows(call.arguments.count > 1 ? call.arguments[1] : nil, or: 1)
    let fallback = call.arguments.count > 2 ? call.arguments[2] : nil
    let end = call.count
    var rows = [UInt32](repeating: 0, count: end)
    for row in 0..<end {
      let distance = offset[row]
      let step =
        backwards
        ? row.subtractingReportingOverflow(distance) : row.addingReportingOverflow(distance)
      let isInside = !step.overflow && step.partialValue >= 0 && step.partialValue < end
      rows[row] = UInt32(truncatingIfNeeded: isInside ? step.partialValue : end &+ row)
    }
    let outside = try defaults(fallback, column.type, call)
    let both = Vector.concatenating([column, outside], type: column.type)
    return rows.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return Vector.empty(column.type) }
      return both.gather(base, count: end)
    }
  }

  /// What rows outside of the input have, for each row of the input.
  private static func defaults(
    _ values: Vector?,
    _ type: ScalarType,
    _ call: WindowCall
  ) throws -> Vector {
    guard let values, values.constant?.isNull != true else {
      return Vector(constant: .missing(type), count: call.count)
    }
    if values.type == type { return values }
    if let constant = values.constant?.widened(to: type) {
      return Vector(constant: constant, count: call.count)
    }
    throw QueryFailure(
      .evaluation,
      "the default value is of type \(values.type.name), but the column of type \(type.name)",
      range: call.range
    )
  }
}

extension Scalar {
  /// The same number in another type of number, where it has a place there.
  fileprivate func widened(to type: ScalarType) -> Scalar? {
    switch (self, type) {
    case (.int(let value), .long): .long(Int64(value))
    case (.int(let value), .real): .real(Double(value))
    case (.long(let value), .real): .real(Double(value))
    case (.long(let value), .int): Int32(exactly: value).map { .int($0) }
    case (.real(let value), .long): Int64(exactly: value).map { .long($0) }
    default: nil
    }
  }
}

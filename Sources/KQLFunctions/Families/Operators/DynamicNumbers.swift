import Columnar

// Comparison of dynamic values with numbers and texts. A text inside a dynamic that reads as a
// number counts as that number; what is no number equals none and has no order to one.

/// A number inside a dynamic.
private enum DynamicNumber {
  case long(Int64)
  case real(Double)

  init?(_ view: DynamicView) {
    if let long = view.long {
      self = .long(long)
    } else if let real = view.real {
      self = .real(real)
    } else if let text = view.string {
      if let long = NumberParsing.long(text) {
        self = .long(long)
      } else if let real = NumberParsing.real(text) {
        self = .real(real)
      } else {
        return nil
      }
    } else if let decimal = view.decimal {
      self = .real(Double(decimal))
    } else if let truth = view.bool {
      self = .long(truth.number)
    } else {
      return nil
    }
  }

  /// The number as a real.
  var real: Double {
    switch self {
    case .long(let value): Double(value)
    case .real(let value): value
    }
  }
}

extension ScalarKernel {
  /// Refuses an operator on two dynamic values, as the service does.
  static func refusingDynamics(result: ScalarType) -> ScalarKernel {
    ScalarKernel([.type(.dynamic), .type(.dynamic)], result: result) { call in
      throw QueryFailure(
        .evaluation,
        "two dynamic values cannot be operands; "
          + "convert them with tostring(), tolong() or todouble()",
        range: call.site.range
      )
    }
  }

  /// The kernels of an ordering operator for dynamic values and numbers.
  static func dynamicOrders<Order: OrderComparison>(_: Order.Type) -> [ScalarKernel] {
    [
      .map { (left: DynamicView, right: Int64) -> Bool? in
        switch DynamicNumber(left) {
        case .long(let value): Order.holds(value, right)
        case .real(let value): Order.holds(value, Double(right))
        case nil: nil
        }
      },
      .map { (left: Int64, right: DynamicView) -> Bool? in
        switch DynamicNumber(right) {
        case .long(let value): Order.holds(left, value)
        case .real(let value): Order.holds(Double(left), value)
        case nil: nil
        }
      },
      .map { (left: DynamicView, right: Double) -> Bool? in
        DynamicNumber(left).map { Order.holds($0.real, right) }
      },
      .map { (left: Double, right: DynamicView) -> Bool? in
        DynamicNumber(right).map { Order.holds(left, $0.real) }
      },
    ]
  }

  /// The kernels of `==` or `!=` for dynamic values and numbers or texts.
  static func dynamicEqualities(isNegated: Bool) -> [ScalarKernel] {
    [
      .dynamicEquality(isNegated) { (left: DynamicView, right: Int64) in equal(left, right) },
      .dynamicEquality(isNegated) { (left: Int64, right: DynamicView) in equal(right, left) },
      .dynamicEquality(isNegated) { (left: DynamicView, right: Double) in
        DynamicNumber(left)?.real == right
      },
      .dynamicEquality(isNegated) { (left: Double, right: DynamicView) in
        DynamicNumber(right)?.real == left
      },
      .dynamicEquality(isNegated) { (left: DynamicView, right: TextView) in equal(left, right) },
      .dynamicEquality(isNegated) { (left: TextView, right: DynamicView) in equal(right, left) },
    ]
  }

  private static func dynamicEquality<A: KernelValue, B: KernelValue>(
    _ isNegated: Bool,
    _ body: @escaping @Sendable (A, B) -> Bool
  ) -> ScalarKernel {
    ScalarKernel([.type(A.kernelType), .type(B.kernelType)], result: .bool) { call in
      let count = call.isConstant ? 1 : call.count
      let left = A.Reader(call.arguments[0])
      let right = B.Reader(call.arguments[1])
      let values = Buffer(byteCount: count)
      let target = values.values(Bool.self)
      for row in 0..<count { target[row] = body(left[row], right[row]) != isNegated }
      return call.widened(call.pairResult(values, count: count, whenOneIsNull: isNegated))
    }
  }
}

private func equal(_ view: DynamicView, _ number: Int64) -> Bool {
  switch DynamicNumber(view) {
  case .long(let value): value == number
  case .real(let value): value == Double(number)
  case nil: false
  }
}

/// Compares the text of a string, or the JSON text of another value.
private func equal(_ view: DynamicView, _ text: TextView) -> Bool {
  if let own = view.string { return equalBytes(own, text.buffer) }
  var sink = ByteSink(capacity: 32)
  view.writeText(into: &sink)
  return equalBytes(sink.bytes, text.buffer)
}

import Columnar

extension WindowFunction {
  static let countingFamily: [WindowFunction] = [rowNumber, cumulativeSum]

  static let rowNumber = WindowFunction(
    "row_number",
    "startingIndex:long? restart:bool? -> long",
    "Numbers the rows from a starting number on, by default 1; begins anew where restart is true.",
    examples: [
      Example("range x from 5 to 6 step 1 | extend n = row_number() | top 1 by x", "6, 2")
    ]
  ) { call in
    let start = WholeNumberRows(call.arguments.first, or: 1)
    let restart = RestartRows(call, at: 1)
    let numbers = FixedBuilder<Int64>(capacity: call.count)
    var number: Int64 = 0
    for row in 0..<call.count {
      number = row == 0 || restart[row] ? Int64(start[row]) : number &+ 1
      numbers.append(number)
    }
    return numbers.finish()
  }

  static let cumulativeSum = WindowFunction(
    "row_cumsum",
    "term:Number restart:bool? -> Parameter0",
    "Adds up the values of the rows so far; null adds nothing, and the sum begins anew where "
      + "restart is true.",
    examples: [
      Example("range x from 5 to 6 step 1 | extend s = row_cumsum(x) | top 1 by x", "6, 11")
    ]
  ) { call in
    let restart = RestartRows(call, at: 1)
    switch call.arguments[0].type {
    case .int: return sums(call, restart, Int32(0)) { $0 &+ $1 }
    case .long: return sums(call, restart, Int64(0)) { $0 &+ $1 }
    case .real: return sums(call, restart, 0.0) { $0 + $1 }
    case .timespan:
      return sums(call, restart, TimeSpan(ticks: 0)) { TimeSpan(ticks: $0.ticks &+ $1.ticks) }
    case .decimal:
      return sums(call, restart, Decimal128.zero) { sum, term in sum.flatMap { $0.adding(term) } }
    default:
      throw QueryFailure(
        .unsupported,
        "row_cumsum does not run over values of type \(call.arguments[0].type.name)",
        range: call.range
      )
    }
  }

  /// Running sums; a sum that leaves the range of the type is null until the next restart.
  private static func sums<Value: FixedWidthValue & KernelValue>(
    _ call: WindowCall,
    _ restart: RestartRows,
    _ zero: Value,
    _ add: (Value?, Value) -> Value?
  ) -> Vector where Value.Reader == FixedReader<Value> {
    let terms = FixedReader<Value>(call.arguments[0])
    let nulls = call.arguments[0].nullRows()
    let results = FixedBuilder<Value>(capacity: call.count)
    var sum: Value? = zero
    for row in 0..<call.count {
      if restart[row] { sum = zero }
      if nulls.map({ $0.base[row] == 0 }) ?? true { sum = add(sum, terms[row]) }
      if let sum { results.append(sum) } else { results.appendNull() }
    }
    return results.finish()
  }

  private static func sums<Value: FixedWidthValue & KernelValue>(
    _ call: WindowCall,
    _ restart: RestartRows,
    _ zero: Value,
    _ add: (Value, Value) -> Value
  ) -> Vector where Value.Reader == FixedReader<Value> {
    sums(call, restart, zero) { sum, term in sum.map { add($0, term) } }
  }
}

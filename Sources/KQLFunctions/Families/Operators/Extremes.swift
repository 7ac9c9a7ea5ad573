import Columnar

// `max_of` and `min_of` skip nulls; NaN wins over every number.

extension ScalarFunction {
  static let maxOf = ScalarFunction(
    "max_of",
    "arg:CommonOrderable*2...64 -> Common",
    "Returns the greatest of its arguments; nulls are skipped.",
    examples: [
      Example("print max_of(10, 1, -3, 17)", "17"),
      Example("print max_of(long(null), 2)", "2"),
    ],
    kernels: [.extreme(isGreatest: true)]
  )

  static let minOf = ScalarFunction(
    "min_of",
    "arg:CommonOrderable*2...64 -> Common",
    "Returns the least of its arguments; nulls are skipped.",
    examples: [
      Example("print min_of(10, 1, -3, 17)", "-3"),
      Example("print min_of(long(null), 2)", "2"),
    ],
    kernels: [.extreme(isGreatest: false)]
  )
}

extension ScalarKernel {
  fileprivate static func extreme(isGreatest: Bool) -> ScalarKernel {
    ScalarKernel([.any], minimumCount: 1, isVariadic: true, result: nil) { call in
      let count = call.isConstant ? 1 : call.count
      let values = try call.arguments.map { try $0.promoted(to: call.resultType) }
      let choice = RowChoice(type: call.resultType, count: count)
      let best = BestRows(values, choice, isGreatest: isGreatest)
      switch call.resultType {
      case .bool: best.compare(FixedReader<Bool>.self) { $0.number > $1.number }
      case .int: best.compare(FixedReader<Int32>.self) { $0 > $1 }
      case .long: best.compare(FixedReader<Int64>.self) { $0 > $1 }
      case .real: best.compareReals()
      case .datetime: best.compare(FixedReader<DateTime>.self) { $0 > $1 }
      case .timespan: best.compare(FixedReader<TimeSpan>.self) { $0 > $1 }
      case .guid: best.compare(FixedReader<GUID>.self) { $0 > $1 }
      case .string: best.compare(TextReader.self) { $0.compare($1) > 0 }
      case .decimal: best.compare(FixedReader<Decimal128>.self) { $0 > $1 }
      case .dynamic:
        throw QueryFailure(
          .unsupported,
          "max_of and min_of do not compare \(call.resultType.name) values",
          range: call.site.range
        )
      }
      return call.widened(choice.rows(from: values))
    }
  }
}

/// Finds for each row the argument that holds the greatest or least value.
private struct BestRows {
  let values: [Vector]
  let nulls: [NullRows?]
  let choice: RowChoice
  let isGreatest: Bool

  init(_ values: [Vector], _ choice: RowChoice, isGreatest: Bool) {
    self.values = values
    self.choice = choice
    self.isGreatest = isGreatest
    nulls = values.map { $0.nullRows() }
  }

  @inline(__always)
  func compare<Reader: RowReader>(
    _: Reader.Type,
    _ isGreater: (Reader.Value, Reader.Value) -> Bool
  ) {
    let readers = values.map { Reader($0) }
    let none = UInt32(truncatingIfNeeded: values.count)
    for row in 0..<choice.count {
      var best = none
      for number in 0..<values.count {
        if let flags = nulls[number], flags.base[row] != 0 { continue }
        if best != none {
          let candidate = readers[number][row]
          let champion = readers[Int(best)][row]
          let wins = isGreatest ? isGreater(candidate, champion) : isGreater(champion, candidate)
          if !wins { continue }
        }
        best = UInt32(truncatingIfNeeded: number)
      }
      choice.base[row] = best
    }
  }

  func compareReals() {
    let greatest = isGreatest
    compare(FixedReader<Double>.self) { left, right in
      if left.isNaN || right.isNaN { return greatest ? left.isNaN : right.isNaN }
      return left > right
    }
  }
}

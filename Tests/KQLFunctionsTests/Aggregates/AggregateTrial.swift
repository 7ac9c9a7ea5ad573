import Columnar
import KQLFunctions

/// Random rows for one aggregate, given to it as a whole and in parts.
struct AggregateTrial {
  let function: AggregateFunction
  let arguments: [Vector]
  let constants: [Scalar?]
  let groups: [UInt32]
  let groupCount: Int
  /// Where the rows are split.
  let cuts: [Int]

  init(
    function: AggregateFunction,
    seed: UInt64,
    rows: Int? = nil,
    variety: Int = 40,
    type: ScalarType? = nil
  ) {
    self.function = function
    var random = RandomRows(seed: seed)
    let count = rows ?? random.number(below: 200)
    let groupCount = 1 + random.number(below: 4)
    var arguments: [Vector] = []
    var constants: [Scalar?] = []
    let signatures = function.symbol?.signatures ?? []
    for parameter in signatures.first(where: { !$0.parameters.isEmpty })?.parameters ?? [] {
      for argument in Self.arguments(parameter, type, &random) {
        switch argument {
        case .constant(let value):
          constants.append(value)
          arguments.append(Vector(constant: value, count: count))
        case .column(let type):
          constants.append(nil)
          arguments.append(random.vector(type, count: count, variety: variety))
        }
      }
    }
    self.arguments = arguments
    self.constants = constants
    self.groupCount = groupCount
    groups = (0..<count).map { _ in UInt32(random.number(below: groupCount)) }
    let inner = (0..<random.number(below: 5)).map { _ in random.number(below: count + 1) }
    cuts = [0] + inner.sorted() + [count]
  }

  private enum Argument {
    case constant(Scalar)
    case column(ScalarType)
  }

  /// What stands for a declared parameter.
  private static func arguments(
    _ parameter: FunctionParameter,
    _ type: ScalarType?,
    _ random: inout RandomRows
  ) -> [Argument] {
    let anyType = ScalarType.allCases[random.number(below: ScalarType.allCases.count)]
    switch parameter.name {
    case "predicate": return [.column(.bool)]
    case "maxSize": return [.constant(.long(Int64(random.number(below: 30))))]
    case "accuracy": return [.constant(.long(0))]
    case "weight": return [.column(.long)]
    case "percentile": return [.constant(.real(62.5))]
    case "expr" where !parameter.isRepeatable, "maximized", "minimized":
      return [.column(type ?? anyType)]
    default:
      return (0..<random.number(below: 3)).map { _ in
        .column(ScalarType.allCases[random.number(below: ScalarType.allCases.count)])
      }
    }
  }

  /// A state for all rows and one for each part.
  func makeStates() throws -> (whole: any AggregateState, parts: [any AggregateState]) {
    let request = AggregateRequest(
      argumentTypes: arguments.map(\.type),
      constants: constants,
      resultTypes: arguments.map(\.type),
      range: 0..<0
    )
    return (
      try function.makeState(request),
      try (1..<cuts.count).map { _ in try function.makeState(request) }
    )
  }

  /// The result of one state, fed in two batches.
  func runWhole(_ state: any AggregateState) throws -> [Vector] {
    state.reserve(groups: groupCount)
    let middle = groups.count / 2
    try feed(state, 0..<middle, groups)
    try feed(state, middle..<groups.count, groups)
    return try state.finish(groups: groupCount)
  }

  /// The result of several states, merged in order; each numbers the groups in its own way.
  func runSplit(_ states: [any AggregateState]) throws -> [Vector] {
    let whole = try function.makeState(
      AggregateRequest(
        argumentTypes: arguments.map(\.type),
        constants: constants,
        resultTypes: arguments.map(\.type),
        range: 0..<0
      )
    )
    whole.reserve(groups: groupCount)
    let last = UInt32(groupCount - 1)
    let mapping = (0...last).map { last - $0 }
    for (index, state) in states.enumerated() {
      state.reserve(groups: groupCount)
      try feed(state, cuts[index]..<cuts[index + 1], groups.map { last - $0 })
      try mapping.withUnsafeBufferPointer { buffer in
        if let base = buffer.baseAddress {
          try whole.merge(state, mapping: base, count: groupCount)
        }
      }
    }
    return try whole.finish(groups: groupCount)
  }

  private func feed(
    _ state: any AggregateState,
    _ rows: Range<Int>,
    _ groups: [UInt32]
  ) throws {
    let parts = arguments.map { $0.slice(rows) }
    try Array(groups[rows]).withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      try state.update(parts, groups: base, count: rows.count)
    }
  }

  /// Whether two columns hold the same values; reals may differ in the last digits.
  static func areEqual(_ left: Vector, _ right: Vector) -> Bool {
    left.count == right.count
      && (0..<left.count).allSatisfy { areEqual(left.scalar(at: $0), right.scalar(at: $0)) }
  }

  private static func areEqual(_ left: Scalar, _ right: Scalar) -> Bool {
    guard case .real(let first) = left, case .real(let second) = right else {
      return left == right
    }
    if first.isNaN || second.isNaN { return first.isNaN && second.isNaN }
    return abs(first - second) <= 1e-9 * max(1, abs(first), abs(second))
  }
}

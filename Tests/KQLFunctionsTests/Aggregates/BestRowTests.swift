import Columnar
import KQLFunctions
import Testing

/// The row that `arg_max` and `arg_min` choose, over batches that are runs of one table, copies
/// of their own, or more copies than are kept.
struct BestRowTests {
  /// How the batches that a state is given lie in memory.
  enum Batches: CaseIterable { case runs, copies, mixture }

  private static let groupCount = 50
  private static let rows = 6000

  @Test("chosen rows", arguments: Batches.allCases, ["arg_max", "arg_min"])
  func rows(batches: Batches, name: String) throws {
    var random = RandomRows(seed: 5)
    let types: [ScalarType] = [.long, .string, .long, .real, .guid, .dynamic, .string]
    let columns = types.map { random.vector($0, count: Self.rows, variety: 60) }
    let groups = (0..<Self.rows).map { _ in UInt32(random.number(below: Self.groupCount - 1)) }
    let state = try Self.state(name, types)
    for (number, start) in stride(from: 0, to: Self.rows, by: 100).enumerated() {
      let copies = batches == .copies || (batches == .mixture && number % 3 == 0)
      let batch = columns.map { Self.batch($0, start..<start + 100, copies: copies) }
      try Self.feed(state, batch, Array(groups[start..<start + 100]))
    }
    let result = try state.finish(groups: Self.groupCount)
    for group in 0..<Self.groupCount {
      let row = Self.naive(columns[0], groups, group, isMaximum: name == "arg_max")
      for (column, values) in columns.enumerated() {
        let expected = row.map { values.scalar(at: $0) } ?? .missing(types[column])
        let actual = result[column].scalar(at: group)
        #expect(Self.isSame(actual, expected), "group \(group), column \(column)")
      }
    }
  }

  @Test("rows outlive the batches they came in") func manyCopies() throws {
    let columnCount = 12
    let batchRows = 4096
    let state = try Self.state("arg_max", [ScalarType](repeating: .long, count: columnCount))
    let groups = (0..<batchRows).map { UInt32($0 % Self.groupCount) }
    // Each batch leaves its mark in one group: its greatest key there is never reached again.
    for number in 0..<120 {
      let keys = FixedBuilder<Int64>(capacity: batchRows)
      for row in 0..<batchRows {
        let isMarked = row % Self.groupCount == number % Self.groupCount
        keys.append(isMarked ? Int64(1000 - row / Self.groupCount) : -Int64(row))
      }
      let key = keys.finish()
      let others = (1..<columnCount).map { column in
        let vector = Vector(constant: .long(Int64(number * 100 + column)), count: batchRows)
        return vector.flattened()
      }
      try Self.feed(state, [key] + others, groups)
    }
    let result = try state.finish(groups: Self.groupCount)
    for group in 0..<Self.groupCount {
      #expect(result[0].scalar(at: group) == .long(1000))
      for column in 1..<columnCount {
        #expect(result[column].scalar(at: group) == .long(Int64(group * 100 + column)))
      }
    }
    #expect(state.byteCount < 64 << 20)
  }

  private static func state(_ name: String, _ types: [ScalarType]) throws -> any AggregateState {
    let function = try #require(FunctionCatalog.aggregate(name))
    return try function.makeState(
      AggregateRequest(
        argumentTypes: types,
        constants: types.map { _ in nil },
        resultTypes: types,
        range: 0..<0
      )
    )
  }

  private static func feed(
    _ state: any AggregateState,
    _ batch: [Vector],
    _ groups: [UInt32]
  ) throws {
    state.reserve(groups: groupCount)
    try groups.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      try state.update(batch, groups: base, count: groups.count)
    }
  }

  private static func batch(_ column: Vector, _ rows: Range<Int>, copies: Bool) -> Vector {
    guard copies else { return column.slice(rows) }
    return rows.map { UInt32($0) }.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { column.gather($0, count: rows.count) } ?? column
    }
  }

  /// The first row with the best key; the first row of all where no row has a key.
  private static func naive(
    _ keys: Vector,
    _ groups: [UInt32],
    _ group: Int,
    isMaximum: Bool
  ) -> Int? {
    var best: (row: Int, key: Int64?)?
    for row in groups.indices where groups[row] == UInt32(group) {
      guard case .long(let key) = keys.scalar(at: row) else {
        if best == nil { best = (row, nil) }
        continue
      }
      if let known = best?.key, isMaximum ? key <= known : key >= known { continue }
      best = (row, key)
    }
    return best?.row
  }

  private static func isSame(_ left: Scalar, _ right: Scalar) -> Bool {
    if case .real(let first) = left, case .real(let second) = right {
      return first == second || (first.isNaN && second.isNaN)
    }
    return left == right
  }
}

import Columnar
import KQLFunctions
import Testing

/// Aggregates over more values than small tests have: sets change their form as they grow.
struct ManyValuesTests {
  @Test(
    "splitting changes nothing",
    arguments: ["dcount", "count_distinct", "make_set", "make_list", "hll"],
    [ScalarType.long, .string, .guid]
  )
  func split(name: String, type: ScalarType) throws {
    let function = try #require(FunctionCatalog.aggregate(name))
    for (rows, variety) in [(6000, 150), (6000, 2500), (9000, 9000)] {
      let seed = UInt64(rows + variety)
      let trial = AggregateTrial(
        function: function,
        seed: seed,
        rows: rows,
        variety: variety,
        type: type
      )
      guard let states = try? trial.makeStates() else { continue }
      let whole = try trial.runWhole(states.whole)
      let split = try trial.runSplit(states.parts)
      let isSame = zip(whole, split).allSatisfy { AggregateTrial.areEqual($0, $1) }
      #expect(isSame, "\(variety) values of \(type.name)")
    }
  }

  @Test("distinct values are counted as a set counts them", arguments: [40, 900, 70_000])
  func counts(variety: Int) throws {
    var random = RandomRows(seed: UInt64(variety))
    let count = 40_000
    let groupCount = 30
    // Group 0 has a third of the rows, the last ones few.
    let groups = (0..<count).map { _ in
      UInt32(random.number(below: 3) == 0 ? 0 : random.number(below: 1 + random.number(below: 30)))
    }
    let values = (0..<count).map { _ in Int64(random.number(below: variety)) &* 7919 }
    var sets = [Set<Int64>](repeating: [], count: groupCount)
    for row in 0..<count { sets[Int(groups[row])].insert(values[row]) }
    for isDictionary in [false, true] {
      let column = try Self.column(values, isDictionary: isDictionary)
      let exact = try Self.run("count_distinct", column, groups, groupCount)
      let estimates = try Self.run("dcount", column, groups, groupCount)
      for group in 0..<groupCount {
        let wanted = Int64(sets[group].count)
        #expect(exact.scalar(at: group) == .long(wanted))
        if wanted <= 4096 {
          #expect(estimates.scalar(at: group) == .long(wanted))
        } else if case .long(let estimate) = estimates.scalar(at: group) {
          #expect(abs(estimate - wanted) < wanted / 20)
        }
      }
    }
  }

  @Test("the way in which values are stored does not matter", arguments: [900, 9000, 70_000])
  func layouts(variety: Int) throws {
    var random = RandomRows(seed: UInt64(variety))
    let values = (0..<80_000).map { _ in Int64(random.number(below: variety)) }
    let groups = values.indices.map { UInt32($0 % 3) }
    for name in ["dcount", "count_distinct", "make_set"] {
      let flat = try Self.run(name, Self.column(values, isDictionary: false), groups, 3)
      let coded = try Self.run(name, Self.column(values, isDictionary: true), groups, 3)
      #expect(AggregateTrial.areEqual(flat, coded), "\(name)")
    }
  }

  private static func run(
    _ name: String,
    _ column: Vector,
    _ groups: [UInt32],
    _ groupCount: Int
  ) throws -> Vector {
    let function = try #require(FunctionCatalog.aggregate(name))
    let state = try function.makeState(
      AggregateRequest(
        argumentTypes: [column.type],
        constants: [nil],
        resultTypes: [.long],
        range: 0..<0
      )
    )
    for start in stride(from: 0, to: column.count, by: 4096) {
      let end = min(column.count, start + 4096)
      state.reserve(groups: groupCount)
      try groups.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        try state.update([column.slice(start..<end)], groups: base + start, count: end - start)
      }
    }
    return try #require(try state.finish(groups: groupCount).first)
  }

  /// The values as texts: flat, or as codes of one dictionary.
  private static func column(_ values: [Int64], isDictionary: Bool) throws -> Vector {
    let builder = TextBuilder()
    guard isDictionary else {
      for value in values { builder.append(Array("value \(value)".utf8)) }
      return builder.finish()
    }
    var codes: [Int64: UInt32] = [:]
    let rows = Buffer(byteCount: values.count * 4)
    for (row, value) in values.enumerated() {
      if codes[value] == nil {
        codes[value] = UInt32(codes.count)
        builder.append(Array("value \(value)".utf8))
      }
      rows.values(UInt32.self)[row] = codes[value] ?? 0
    }
    let dictionary = VectorDictionary(values: builder.finish(), isDistinct: true)
    return Vector(
      type: .string,
      count: values.count,
      layout: .dictionary(DictionaryRows(codes: rows, dictionary: dictionary))
    )
  }
}

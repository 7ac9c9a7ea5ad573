import Columnar
import KQLFunctions
import QueryPlan

extension PlanCompiler {
  /// Runs `sample`: rows drawn without replacement, in input order.
  func compile(_ sample: Sample) throws -> Flow {
    let input = try compile(sample.input)
    let batches = try input.collect(context)
    let all = try context.concatenating(batches, types: input.layout.types)
    guard let wanted = try constants.wholeNumber(sample.count), wanted > 0 else {
      return flow([], sample.columns)
    }
    if all.count <= wanted { return flow([all], sample.columns) }
    var random = RowRandom(seed: context.constants.randomSeed)
    let picked = Self.draw(wanted, of: all.count, &random)
    return flow([all.gather(picked)], sample.columns)
  }

  /// Floyd's method: as many draws as rows are wanted.
  private static func draw(_ wanted: Int, of count: Int, _ random: inout RowRandom) -> [UInt32] {
    var picked: Set<UInt32> = []
    for limit in (count - wanted)..<count {
      let row = UInt32(truncatingIfNeeded: random.next(below: limit + 1))
      let last = UInt32(truncatingIfNeeded: limit)
      if !picked.insert(row).inserted { picked.insert(last) }
    }
    return picked.sorted()
  }
}

/// A small deterministic generator (SplitMix64), seeded once a query.
struct RowRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number from 0 to `limit - 1`; `limit` is at least 1.
  mutating func next(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word &>> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word &>> 27) &* 0x94D0_49BB_1331_11EB
    word ^= word &>> 31
    return Int(word.multipliedFullWidth(by: UInt64(limit)).high)
  }
}

import Columnar
import KQLFunctions
import Testing

/// Holds every declared aggregate to the law that splitting the rows among states and merging
/// these in order changes nothing.
struct AggregateLawTests {
  @Test(arguments: FunctionCatalog.aggregateFunctions.map(\.name))
  func splittingChangesNothing(name: String) throws {
    let function = try #require(FunctionCatalog.aggregate(name))
    var accepted = 0
    for seed in 0..<120 {
      let trial = AggregateTrial(function: function, seed: UInt64(seed))
      guard let states = try? trial.makeStates() else { continue }
      accepted += 1
      let whole = try trial.runWhole(states.whole)
      let split = try trial.runSplit(states.parts)
      let isSame = zip(whole, split).allSatisfy { AggregateTrial.areEqual($0, $1) }
      #expect(isSame && whole.count == split.count, "\(name) with seed \(seed)")
    }
    #expect(accepted > 0, "no trial made arguments that \(name) takes")
  }

  @Test func sketchesDoNotDependOnTheSplit() throws {
    let function = try #require(FunctionCatalog.aggregate("dcount"))
    let trial = AggregateTrial(
      function: function,
      seed: 4,
      rows: 30_000,
      variety: 9_000,
      type: .long
    )
    let states = try trial.makeStates()
    let whole = try trial.runWhole(states.whole)
    let split = try trial.runSplit(states.parts)
    #expect(AggregateTrial.areEqual(whole[0], split[0]))
  }
}

import Columnar
import Execution
import QueryPlan
import Testing

struct JoinTests {
  @Test("every kind equals nested loops", arguments: JoinKind.allCases) func kinds(
    kind: JoinKind
  ) throws {
    for seed: UInt64 in 1...4 {
      var random = RandomValues(seed: seed)
      let types: [ScalarType] = seed % 2 == 0 ? [.string, .long] : [.real, .long]
      let left = RandomTable(types, named: "L", rowCount: 70, variety: 5, &random)
      let right = RandomTable(types, named: "R", rowCount: 50, variety: 6, firstID: 50, &random)
      let keyCount = seed < 3 ? 1 : 2
      let plan = Plan.join(
        Join(
          left: left.scan,
          right: right.scan,
          kind: kind,
          keys: (0..<keyCount).map {
            JoinKey(left: left.columns[$0].reference, right: right.columns[$0].reference)
          },
          columns: columns(kind, left, right)
        )
      )
      let tables = TestTables(
        tables: left.tables.tables.merging(right.tables.tables) { first, _ in first }
      )
      let expected = naive(kind, left, right, keyCount)
      let differences = try PlanRun.differences(
        plan,
        tables,
        isOrdered: false,
        expected: expected
      )
      #expect(differences == [], "seed \(seed)")
    }
  }

  @Test("no rows on either side") func emptySides() throws {
    var random = RandomValues(seed: 5)
    let none = RandomTable([.long, .string], named: "L", rowCount: 0, variety: 3, &random)
    let some = RandomTable(
      [.long, .string],
      named: "R",
      rowCount: 9,
      variety: 3,
      firstID: 9,
      &random
    )
    for kind in JoinKind.allCases {
      for (left, right) in [(none, some), (some, none)] {
        let plan = Plan.join(
          Join(
            left: left.scan,
            right: right.scan,
            kind: kind,
            keys: [
              JoinKey(left: left.columns[0].reference, right: right.columns[0].reference)
            ],
            columns: columns(kind, left, right)
          )
        )
        let expected = naive(kind, left, right, 1)
        let differences = try PlanRun.differences(
          plan,
          some.tables,
          isOrdered: false,
          expected: expected
        )
        #expect(differences == [], "\(kind)")
      }
    }
  }

  private func columns(_ kind: JoinKind, _ left: RandomTable, _ right: RandomTable)
    -> [PlanColumn]
  {
    switch kind {
    case .leftSemi, .leftAnti: left.columns
    case .rightSemi, .rightAnti: right.columns
    default: left.columns + right.columns
    }
  }

  private func naive(
    _ kind: JoinKind,
    _ left: RandomTable,
    _ right: RandomTable,
    _ keyCount: Int
  ) -> [[String]] {
    let blank = { (table: RandomTable) in table.columns.map { Scalar.missing($0.type).shown } }
    var lefts = left.shown
    if kind == .innerUnique {
      var seen: Set<[String]> = []
      lefts = lefts.filter { seen.insert(Array($0[..<keyCount])).inserted }
    }
    let isPair = { (one: [String], other: [String]) in one[..<keyCount] == other[..<keyCount] }
    let pairs = lefts.flatMap { one in right.shown.filter { isPair(one, $0) }.map { one + $0 } }
    let lonelyLeft = lefts.filter { one in !right.shown.contains { isPair(one, $0) } }
    let lonelyRight = right.shown.filter { other in !lefts.contains { isPair($0, other) } }
    switch kind {
    case .inner, .innerUnique: return pairs
    case .leftOuter: return pairs + lonelyLeft.map { $0 + blank(right) }
    case .rightOuter: return pairs + lonelyRight.map { blank(left) + $0 }
    case .fullOuter:
      return pairs + lonelyLeft.map { $0 + blank(right) } + lonelyRight.map { blank(left) + $0 }
    case .leftSemi: return lefts.filter { one in right.shown.contains { isPair(one, $0) } }
    case .rightSemi: return right.shown.filter { other in lefts.contains { isPair($0, other) } }
    case .leftAnti: return lonelyLeft
    case .rightAnti: return lonelyRight
    }
  }
}

import Columnar
import Execution
import QueryPlan
import Testing

struct OrderTests {
  @Test("rows are ordered as a naive stable sort orders them", arguments: 1...8)
  func sorting(seed: UInt64) throws {
    var random = RandomValues(seed: seed)
    let types: [ScalarType] = [.real, .string, .long, .datetime, .guid]
    let table = RandomTable(types, rowCount: 200, variety: 6, &random)
    let order = (0..<(1 + random.number(below: 3))).map { _ in
      Key(
        column: random.number(below: types.count),
        isDescending: random.number(below: 2) == 0,
        nullsFirst: random.number(below: 2) == 0
      )
    }
    let keys = order.map {
      SortKey(
        table.columns[$0.column].reference,
        isDescending: $0.isDescending,
        nullsFirst: $0.nullsFirst
      )
    }
    let sorted = naive(table, order)
    let sort = Plan.sort(Sort(input: table.scan, keys: keys))
    #expect(try PlanRun.differences(sort, table.tables, expected: sorted) == [], "seed \(seed)")
    for count in [-1, 0, 1, 7, 199, 1000] {
      let top = Plan.top(Top(input: table.scan, count: long(Int64(count)), keys: keys))
      let taken = Plan.take(Take(input: sort, count: long(Int64(count))))
      let expected = Array(sorted.prefix(max(0, count)))
      let both = [top, taken]
      for plan in both {
        let differences = try PlanRun.differences(plan, table.tables, expected: expected)
        #expect(differences == [], "seed \(seed), \(count) rows")
      }
    }
  }

  private struct Key {
    let column: Int
    let isDescending: Bool
    let nullsFirst: Bool
  }

  private func naive(_ table: RandomTable, _ order: [Key]) -> [[String]] {
    let rows = table.rows.indices.sorted { left, right in
      for key in order {
        let one = table.rows[left][key.column]
        let other = table.rows[right][key.column]
        let (rank, otherRank) = (Self.rank(one, key), Self.rank(other, key))
        if rank != otherRank { return rank < otherRank }
        let comparison = rank == 2 ? Self.compare(one, other) : 0
        if comparison != 0 { return key.isDescending ? comparison > 0 : comparison < 0 }
      }
      return left < right
    }
    return rows.map { table.shown[$0] }
  }

  /// Nulls at the end that the key says, NaN between them and the values.
  private static func rank(_ value: Scalar, _ key: Key) -> Int {
    if value.isNull { return key.nullsFirst ? 0 : 4 }
    if case .real(let real) = value, real.isNaN { return key.nullsFirst ? 1 : 3 }
    return 2
  }

  private static func compare(_ left: Scalar, _ right: Scalar) -> Int {
    switch (left, right) {
    case (.real(let one), .real(let other)): one == other ? 0 : one < other ? -1 : 1
    case (.long(let one), .long(let other)): one == other ? 0 : one < other ? -1 : 1
    case (.datetime(let one), .datetime(let other)): one == other ? 0 : one < other ? -1 : 1
    case (.string(let one), .string(let other)): one == other ? 0 : one < other ? -1 : 1
    case (.guid(let one), .guid(let other)):
      one == other ? 0 : (one.high, one.low) < (other.high, other.low) ? -1 : 1
    default: 0
    }
  }
}

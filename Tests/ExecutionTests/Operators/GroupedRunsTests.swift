import Columnar
import Execution
import QueryPlan
import Testing

/// Subqueries that run over many rows or keys at once give what single runs give.
struct GroupedRunsTests {
  /// Makes random subqueries over whole numbers and an array.
  struct SubqueryMaker {
    var random: RandomValues
    var nextID = 100
    /// Whole numbers that the rows have.
    var numbers: [PlanColumn]
    /// All columns that the rows have.
    var columns: [PlanColumn]
    let list: PlanColumn

    mutating func fresh(_ type: ScalarType) -> PlanColumn {
      nextID += 1
      return PlanColumn(id: ColumnID(nextID), name: "c\(nextID)", type: type)
    }

    mutating func anyNumber() -> Expression {
      numbers[random.number(below: numbers.count)].reference
    }

    mutating func keys() -> [SortKey] {
      let isDescending = random.number(below: 2) == 0
      return [SortKey(anyNumber(), isDescending: isDescending, nullsFirst: !isDescending)]
    }

    mutating func makeSubquery(_ input: Plan) -> Plan {
      (0..<(1 + random.number(below: 4))).reduce(input) { plan, _ in step(plan) }
    }

    private mutating func step(_ input: Plan) -> Plan {
      switch random.number(below: 9) {
      case 0:
        let bound = Int64(random.number(below: 6)) - 1
        let test = call("GreaterThan", [anyNumber(), long(bound)], .bool)
        return .filter(Filter(input: input, predicate: test))
      case 1: return extended(input)
      case 2: return summarized(input, by: [])
      case 3: return summarized(input, by: [call("Modulo", [anyNumber(), long(3)], .long)])
      case 4: return .sort(Sort(input: input, keys: keys()))
      case 5: return .top(Top(input: input, count: long(count()), keys: keys()))
      case 6: return .take(Take(input: input, count: long(count())))
      case 7 where columns.contains(list): return expanded(input)
      case 8 where columns.contains(list): return applied(input)
      default: return .serialize(Serialize(input: input))
      }
    }

    private mutating func count() -> Int64 { Int64(random.number(below: 4)) }

    private mutating func extended(_ input: Plan) -> Plan {
      let sum = fresh(.long)
      let value = call("Add", [anyNumber(), anyNumber()], .long)
      let passed = columns.map(NamedExpression.init(passing:))
      columns.append(sum)
      numbers.append(sum)
      return .project(Project(input: input, expressions: passed + [NamedExpression(sum, value)]))
    }

    private mutating func summarized(_ input: Plan, by keys: [Expression]) -> Plan {
      let named = keys.map { NamedExpression(fresh(.long), $0) }
      let (sum, count, all) = (fresh(.long), fresh(.long), fresh(.dynamic))
      let aggregates = [
        aggregate("sum", [anyNumber()], sum), aggregate("count", [], count),
        aggregate("make_list", [anyNumber()], all),
      ]
      numbers = named.map(\.column) + [sum, count]
      columns = numbers + [all]
      return .summarize(Summarize(input: input, keys: named, aggregates: aggregates))
    }

    private mutating func expanded(_ input: Plan) -> Plan {
      let item = fresh(.long)
      let limit = random.number(below: 2) == 0 ? long(2) : nil
      columns.append(item)
      numbers.append(item)
      return .expand(
        Expand(
          input: input,
          expansions: [Expansion(source: list.reference, column: item)],
          bagExpansion: .bag,
          indexColumn: nil,
          limit: limit,
          columns: columns
        )
      )
    }

    private mutating func applied(_ input: Plan) -> Plan {
      let (item, total) = (fresh(.long), fresh(.long))
      let rows = Plan.subqueryInput(SubqueryInput(id: nextID, columns: columns + [item]))
      let filter = Plan.filter(
        Filter(input: rows, predicate: call("GreaterThan", [item.reference, long(2)], .bool))
      )
      let sum = Plan.summarize(
        Summarize(input: filter, keys: [], aggregates: [aggregate("sum", [item.reference], total)])
      )
      let id = nextID
      columns.append(total)
      numbers.append(total)
      return .apply(
        Apply(
          id: id,
          input: input,
          expansions: [Expansion(source: list.reference, column: item)],
          indexColumn: nil,
          limit: nil,
          subquery: sum,
          columns: columns
        )
      )
    }
  }

  private let id = PlanColumn(id: ColumnID(1), name: "id", type: .long)
  private let list = PlanColumn(id: ColumnID(2), name: "list", type: .dynamic)
  private let item = PlanColumn(id: ColumnID(3), name: "item", type: .long)
  private let index = PlanColumn(id: ColumnID(4), name: "index", type: .long)

  /// Rows of a number that comes again and an array, a few of them null or empty.
  private func lists(_ count: Int, _ random: inout RandomValues) -> Plan {
    let rows = (0..<count).map { _ -> [Scalar] in
      let number = Scalar.long(Int64(random.number(below: 9)))
      if random.number(below: 8) == 0 { return [number, .null(.dynamic)] }
      var writer = DynamicWriter()
      writer.beginArray()
      for _ in 0..<random.number(below: 6) { writer.append(long: Int64(random.number(below: 7))) }
      writer.endArray()
      return [number, .dynamic(writer.value())]
    }
    return .values(Values(columns: [id, list], rows: rows))
  }

  private func differences(_ plan: Plan) throws -> [String] {
    let alone = try PlanRun.rows(plan, TestTables(), ExecutionOptions(groupsRuns: false))
    return try [1, 7, 4096].flatMap { batchRows in
      try [1, 2].compactMap { threads in
        let options = ExecutionOptions(threads: threads, batchRows: batchRows)
        let atOnce = try PlanRun.rows(plan, TestTables(), options)
        if atOnce == alone { return nil }
        return "batch \(batchRows), threads \(threads): \(atOnce.prefix(6)), not \(alone.prefix(6))"
      }
    }
  }

  @Test("mv-apply gives the same at once and alone", arguments: 1...150 as ClosedRange<UInt64>)
  func applying(seed: UInt64) throws {
    var random = RandomValues(seed: seed)
    let input = lists(40, &random)
    let columns = [id, list, item, index]
    var maker = SubqueryMaker(
      random: random,
      numbers: [id, item, index],
      columns: columns,
      list: list
    )
    let rows = Plan.subqueryInput(SubqueryInput(id: 77, columns: columns))
    let subquery = maker.makeSubquery(rows)
    let plan = Plan.apply(
      Apply(
        id: 77,
        input: input,
        expansions: [Expansion(source: list.reference, column: item)],
        indexColumn: index,
        limit: seed % 3 == 0 ? long(3) : nil,
        subquery: subquery,
        columns: [id] + maker.columns.filter { $0.id != id.id }
      )
    )
    #expect(try differences(plan) == [], "seed \(seed): \(PlanText.describe(subquery))")
  }

  @Test("partition gives the same at once and alone", arguments: 1...150 as ClosedRange<UInt64>)
  func partitioning(seed: UInt64) throws {
    var random = RandomValues(seed: seed)
    let input = lists(60, &random)
    let columns = [id, list]
    var maker = SubqueryMaker(random: random, numbers: [id], columns: columns, list: list)
    let rows = Plan.subqueryInput(SubqueryInput(id: 77, columns: columns))
    let subquery = maker.makeSubquery(rows)
    let plan = Plan.partition(
      Partition(
        id: 77,
        input: input,
        key: id.reference,
        subquery: subquery,
        columns: maker.columns
      )
    )
    #expect(try differences(plan) == [], "seed \(seed): \(PlanText.describe(subquery))")
  }
}

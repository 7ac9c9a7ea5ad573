import Columnar
import Execution
import QueryPlan
import Testing

/// Groups over domains of many shapes: the table of pairs grows, is laid out anew and gives way
/// to a hash table; groups stay those of a naive grouping, in order.
struct GroupingTests {
  /// How the values of one key depend on the row.
  enum Key: String, CaseIterable, CustomTestStringConvertible {
    /// Few values, each seen soon.
    case few
    /// Many values in no order.
    case many
    /// A value for each row.
    case own
    /// Values that ascend slowly, with some disorder, as hours do.
    case ascending
    /// Values of which one in five is null.
    case nullable

    var testDescription: String { rawValue }

    func value(_ row: Int, _ random: inout RandomValues) -> Int64? {
      switch self {
      case .few: Int64(random.number(below: 7))
      case .many: Int64(random.number(below: 3000)) &* 977
      case .own: Int64(row) &* -31
      case .ascending: Int64((row + random.number(below: 40)) / 60) &* 36_000_000_000
      case .nullable:
        random.number(below: 5) == 0 ? nil : Int64(random.number(below: 400))
      }
    }
  }

  @Test("pairs and triples of keys", arguments: Key.allCases, Key.allCases)
  func pairs(first: Key, second: Key) throws {
    var random = RandomValues(seed: 11)
    let keys = [first, second, Key.ascending]
    let rows = (0..<4000).map { row in keys.map { $0.value(row, &random) } }
    for width in 2...3 {
      let table = try Self.table(rows.map { Array($0[..<width]) }, &random)
      let difference = try PlanRun.rows(table.plan, table.tables) == Self.naive(rows, width)
      #expect(difference, "width \(width), two threads")
      let options = ExecutionOptions(threads: 1, batchRows: 100)
      let single = try PlanRun.rows(table.plan, table.tables, options)
      #expect(single == Self.naive(rows, width), "width \(width), one thread")
    }
  }

  @Test("one key") func single() throws {
    var random = RandomValues(seed: 12)
    for key in Key.allCases {
      let rows = (0..<3000).map { [key.value($0, &random)] }
      let table = try Self.table(rows, &random)
      let actual = try PlanRun.rows(table.plan, table.tables)
      #expect(actual == Self.naive(rows, 1), "\(key)")
    }
  }

  @Test("an aggregate that does not see order gets all groups") func unordered() throws {
    var random = RandomValues(seed: 13)
    let rows = (0..<3000).map { row in [Key.many.value(row, &random), Key.few.value(row, &random)] }
    let table = try Self.table(rows, &random)
    let counts = testColumns([.long, .long], from: 200)
    guard case .summarize(let inner) = table.plan, let count = inner.columns.last else { return }
    let plan = Plan.summarize(
      Summarize(
        input: table.plan,
        keys: [],
        aggregates: [
          aggregate("count", [], counts[0]), aggregate("sum", [count.reference], counts[1]),
        ]
      )
    )
    let groups = Self.naive(rows, 2).count
    #expect(try PlanRun.differences(plan, table.tables, expected: [["\(groups)", "3000"]]) == [])
  }

  private static func table(
    _ rows: [[Int64?]],
    _ random: inout RandomValues
  ) throws -> (tables: TestTables, plan: Plan) {
    let types: [ScalarType] = [.long, .string, .datetime]
    let columns = testColumns(Array(types[..<(rows.first?.count ?? 0)]))
    var chunks: [Batch] = []
    for start in stride(from: 0, to: rows.count, by: 1000) {
      let part = rows[start..<min(rows.count, start + 1000)]
      let vectors = columns.indices.map { index in
        random.vector(types[index], part.map { scalar($0[index], types[index]) })
      }
      chunks.append(Batch(columns: vectors, count: part.count))
    }
    let schema = Schema(columns.map { ColumnSchema($0.name, $0.type) })
    let plan = Plan.summarize(
      Summarize(
        input: .scan(TableScan(table: "T", columns: columns, span: nowhere)),
        keys: columns.map(NamedExpression.init(passing:)),
        aggregates: [aggregate("count", [], testColumns([.long], from: 100)[0])]
      )
    )
    return (TestTables(tables: ["T": ColumnTable(schema: schema, chunks: chunks)]), plan)
  }

  private static func scalar(_ value: Int64?, _ type: ScalarType) -> Scalar {
    guard let value else { return .missing(type) }
    switch type {
    case .long: return .long(value)
    case .datetime: return .datetime(DateTime(ticks: value))
    default: return .string(ByteString("text \(value)"))
    }
  }

  /// Groups in the order of first appearance, with their numbers of rows.
  private static func naive(_ rows: [[Int64?]], _ width: Int) -> [[String]] {
    let types: [ScalarType] = [.long, .string, .datetime]
    var order: [[Int64?]] = []
    var counts: [[Int64?]: Int] = [:]
    for row in rows {
      let key = Array(row[..<width])
      if counts[key] == nil { order.append(key) }
      counts[key, default: 0] += 1
    }
    return order.map { key in
      key.indices.map { scalar(key[$0], types[$0]).shown } + ["\(counts[key] ?? 0)"]
    }
  }
}

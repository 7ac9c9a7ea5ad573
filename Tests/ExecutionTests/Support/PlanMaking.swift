import Columnar
import Execution
import QueryPlan
import SourceText

/// The columns of a test plan; ids are given by place.
func testColumns(_ types: [ScalarType], from first: Int = 1) -> [PlanColumn] {
  types.enumerated().map { index, type in
    PlanColumn(id: ColumnID(first + index), name: "c\(first + index)", type: type)
  }
}

let nowhere = SourceSpan(0, 0)

extension PlanColumn {
  /// A reference to the column.
  var reference: Expression { .column(id, type) }
}

/// A call over expressions.
func call(_ name: String, _ arguments: [Expression], _ type: ScalarType) -> Expression {
  .call(Call(name, arguments, type: type, span: nowhere))
}

func long(_ value: Int64) -> Expression { .literal(.long(value)) }

func text(_ value: String) -> Expression { .literal(.string(ByteString(value))) }

/// An aggregate with one result column.
func aggregate(_ name: String, _ arguments: [Expression], _ column: PlanColumn) -> AggregateCall {
  AggregateCall(function: name, arguments: arguments, columns: [column], span: nowhere)
}

/// A table of texts, one column.
func texts(_ column: PlanColumn, _ values: [String]) -> Plan {
  .values(Values(columns: [column], rows: values.map { [.string(ByteString($0))] }))
}

/// Random rows in a table of several chunks, and the plan that reads it.
struct RandomTable {
  let columns: [PlanColumn]
  let rows: [[Scalar]]
  let tables: TestTables
  let scan: Plan

  /// Makes a table; the values of each column come from few, so that groups and partners arise.
  init(
    _ types: [ScalarType],
    named name: String = "T",
    rowCount: Int,
    variety: Int,
    firstID: Int = 1,
    _ random: inout RandomValues
  ) {
    let columns = testColumns(types, from: firstID)
    let rows = (0..<rowCount).map { _ in types.map { random.scalar($0, variety: variety) } }
    var chunks: [Batch] = []
    var start = 0
    while start < rows.count {
      let end = min(rows.count, start + 1 + random.number(below: max(1, rows.count / 3)))
      let part = rows[start..<end]
      let vectors = types.indices.map { index in
        random.vector(types[index], part.map { $0[index] })
      }
      chunks.append(Batch(columns: vectors, count: part.count))
      start = end
    }
    let schema = Schema(columns.map { ColumnSchema($0.name, $0.type) })
    self.columns = columns
    self.rows = rows
    tables = TestTables(tables: [name: ColumnTable(schema: schema, chunks: chunks)])
    scan = .scan(TableScan(table: name, columns: columns, span: nowhere))
  }

  /// The rows as texts.
  var shown: [[String]] { rows.map { $0.map(\.shown) } }
}

/// A seeded source of values.
struct RandomValues {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number below a bound.
  mutating func number(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
    return Int(truncatingIfNeeded: (mixed ^ (mixed &>> 31)) % UInt64(bound))
  }

  /// One of about `variety` values of a type, or null; for real also NaN and both zeros.
  mutating func scalar(_ type: ScalarType, variety: Int) -> Scalar {
    if number(below: 6) == 0 { return .missing(type) }
    let picked = Int64(number(below: variety)) - Int64(variety / 3)
    switch type {
    case .bool: return .bool(picked & 1 == 0)
    case .int: return .int(Int32(truncatingIfNeeded: picked))
    case .long: return .long(picked &* 1_000_003)
    case .real:
      if number(below: 8) == 0 { return .real(.nan) }
      return .real(picked == 0 && number(below: 2) == 0 ? -0.0 : Double(picked) / 4)
    case .decimal:
      return .decimal(Decimal128(high: 0x3040_0000_0000_0000, low: UInt64(abs(picked))))
    case .string: return .string(ByteString(String(repeating: "ab", count: Int(abs(picked)) % 7)))
    case .datetime: return .datetime(DateTime(ticks: 637_134_000_000_000_000 + picked))
    case .timespan: return .timespan(TimeSpan(ticks: picked &* 10_000))
    case .guid: return .guid(GUID(high: UInt64(abs(picked)) & 1, low: UInt64(abs(picked))))
    case .dynamic: return .null(.dynamic)
    }
  }

  /// A column of values, sometimes encoded by a dictionary.
  mutating func vector(_ type: ScalarType, _ values: [Scalar]) -> Vector {
    let builder = VectorBuilder(type: type)
    guard number(below: 2) == 0 else {
      for value in values { builder.append(value) }
      return builder.finish()
    }
    var codes: [UInt32] = []
    var distinct: [String: UInt32] = [:]
    for value in values {
      let code = distinct[value.shown] ?? UInt32(distinct.count)
      if distinct[value.shown] == nil {
        distinct[value.shown] = code
        builder.append(value)
      }
      codes.append(code)
    }
    let dictionary = VectorDictionary(values: builder.finish(), isDistinct: true)
    let buffer = codes.withUnsafeBytes { Buffer(copying: $0) }
    return Vector(
      type: type,
      count: values.count,
      layout: .dictionary(DictionaryRows(codes: buffer, dictionary: dictionary))
    )
  }
}

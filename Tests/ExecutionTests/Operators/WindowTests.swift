import Columnar
import Execution
import QueryPlan
import Testing

struct WindowTests {
  private let group = PlanColumn(id: ColumnID(1), name: "g", type: .string)
  private let value = PlanColumn(id: ColumnID(2), name: "v", type: .long)
  private let result = PlanColumn(id: ColumnID(3), name: "r", type: .long)

  /// The results of an expression over rows in order.
  private func expect(_ expression: Expression, _ expected: [String]) throws {
    let rows: [[Scalar]] = [
      [.string("a"), .long(5)], [.string("a"), .null(.long)], [.string("b"), .long(7)],
      [.string("b"), .long(7)], [.string("b"), .long(1)],
    ]
    let plan = Plan.window(
      Window(
        input: .values(Values(columns: [group, value], rows: rows)),
        expressions: [
          NamedExpression(
            PlanColumn(id: result.id, name: "r", type: expression.type),
            expression
          )
        ]
      )
    )
    #expect(try PlanRun.differences(plan, expected: expected.map { [$0] }) == [])
  }

  private var isNewGroup: Expression {
    call(
      "NotEqual",
      [group.reference, call("prev", [group.reference], .string)],
      .bool
    )
  }

  @Test("prev and next reach other rows or the default") func neighbours() throws {
    let reference = value.reference
    try expect(call("prev", [reference], .long), ["null", "5", "null", "7", "7"])
    try expect(call("next", [reference, long(2)], .long), ["7", "7", "1", "null", "null"])
    try expect(
      call("prev", [reference, long(3), long(0)], .long),
      ["0", "0", "0", "5", "null"]
    )
    try expect(call("next", [group.reference], .string), ["'a'", "'b'", "'b'", "'b'", "''"])
    try expect(
      call("prev", [reference, long(.min)], .long),
      ["null", "null", "null", "null", "null"]
    )
  }

  @Test("numbers and sums begin anew") func restarts() throws {
    try expect(call("row_number", [], .long), ["1", "2", "3", "4", "5"])
    try expect(
      call("row_number", [long(10), isNewGroup], .long),
      ["10", "11", "10", "11", "12"]
    )
    try expect(call("row_cumsum", [value.reference], .long), ["5", "5", "12", "19", "20"])
    try expect(
      call("row_cumsum", [value.reference, isNewGroup], .long),
      ["5", "5", "7", "14", "15"]
    )
  }

  @Test("ranks count runs of equal values") func ranks() throws {
    try expect(call("row_rank_dense", [value.reference], .long), ["1", "2", "3", "3", "4"])
    try expect(call("row_rank_min", [value.reference], .long), ["1", "2", "3", "3", "5"])
    try expect(
      call("row_rank_min", [value.reference, isNewGroup], .long),
      ["1", "2", "1", "1", "3"]
    )
  }

  @Test("calls stand within each other and within other expressions") func nesting() throws {
    let sum = call("row_cumsum", [call("row_number", [], .long)], .long)
    try expect(call("Add", [sum, value.reference], .long), ["6", "null", "13", "17", "16"])
  }

  @Test("sessions end by distance, null and restart") func sessions() throws {
    let time = PlanColumn(id: ColumnID(7), name: "t", type: .datetime)
    let ticks: [Int64?] = [0, 4, 9, 13, 30, nil, 31, 32]
    let rows: [[Scalar]] = ticks.map {
      [$0.map { .datetime(DateTime(ticks: $0)) } ?? .null(.datetime)]
    }
    let session = call(
      "row_window_session",
      [
        time.reference, .literal(.timespan(TimeSpan(ticks: 10))),
        .literal(.timespan(TimeSpan(ticks: 6))),
      ],
      .datetime
    )
    let plan = Plan.window(
      Window(
        input: .values(Values(columns: [time], rows: rows)),
        expressions: [NamedExpression(time, session)]
      )
    )
    let expected = ["@0", "@0", "@0", "@13", "@30", "null", "@31", "@31"].map { [$0] }
    #expect(try PlanRun.differences(plan, expected: expected) == [])
  }

  @Test("no rows make no rows") func emptyInput() throws {
    let plan = Plan.window(
      Window(
        input: .values(Values(columns: [value], rows: [])),
        expressions: [NamedExpression(result, call("row_number", [], .long))]
      )
    )
    #expect(try PlanRun.differences(plan, expected: []) == [])
  }
}

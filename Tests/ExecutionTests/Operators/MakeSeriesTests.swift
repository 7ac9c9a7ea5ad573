import Columnar
import Execution
import QueryPlan
import Testing

struct MakeSeriesTests {
  private let key = PlanColumn(id: ColumnID(1), name: "k", type: .string)
  private let place = PlanColumn(id: ColumnID(2), name: "x", type: .long)
  private let value = PlanColumn(id: ColumnID(3), name: "v", type: .long)
  private let total = PlanColumn(id: ColumnID(4), name: "sum", type: .long)
  private let array = PlanColumn(id: ColumnID(5), name: "s", type: .dynamic)
  private let axis = PlanColumn(id: ColumnID(6), name: "x", type: .dynamic)

  private let rows: [(String, Int64, Int64)] = [
    ("a", 1, 10), ("b", 4, 5), ("a", 6, 1), ("a", 7, 2), ("b", -3, 9),
  ]

  private struct Shape {
    var from: Int64?
    var to: Int64?
    var step: Int64 = 2
    var isInRange = false
    var isNonEmpty = false
    var hasKey = true
    var missing: Expression?
    var rowLimit = Int.max
  }

  private func plan(_ shape: Shape) -> Plan {
    let input = Values(
      columns: [key, place, value],
      rows: rows.prefix(shape.rowLimit).map {
        [.string(ByteString($0.0)), .long($0.1), .long($0.2)]
      }
    )
    return .makeSeries(
      MakeSeries(
        input: .values(input),
        aggregates: [aggregate("sum", [value.reference], total)],
        values: [SeriesValue(NamedExpression(array, total.reference), missing: shape.missing)],
        axis: NamedExpression(axis, place.reference),
        from: shape.from.map(long),
        to: shape.to.map(long),
        step: long(shape.step),
        isInRange: shape.isInRange,
        keys: shape.hasKey ? [NamedExpression(passing: key)] : [],
        isNonEmpty: shape.isNonEmpty,
        columns: (shape.hasKey ? [key] : []) + [array, axis]
      )
    )
  }

  private func expect(_ shape: Shape, _ rows: [[String]]) throws {
    #expect(try PlanRun.differences(plan(shape), isOrdered: false, expected: rows) == [])
  }

  @Test("the end is exclusive and bins start at from") func fromTo() throws {
    try expect(
      Shape(from: 1, to: 7),
      [["'a'", "[10,0,1]", "[1,3,5]"], ["'b'", "[0,5,0]", "[1,3,5]"]]
    )
    try expect(
      Shape(from: 1, to: 8, hasKey: false, missing: long(-1)),
      [["[10,5,1,2]", "[1,3,5,7]"]]
    )
  }

  @Test("without bounds each key spans its own data") func openBounds() throws {
    try expect(
      Shape(),
      [["'a'", "[10,0,0,3]", "[0,2,4,6]"], ["'b'", "[9,0,0,0,5]", "[-4,-2,0,2,4]"]]
    )
  }

  @Test("in range includes the end and bins from zero") func inRange() throws {
    try expect(
      Shape(from: 1, to: 6, isInRange: true, hasKey: false),
      [["[10,0,5,1]", "[0,2,4,6]"]]
    )
  }

  @Test("no rows make no series unless asked for") func emptyInput() throws {
    try expect(Shape(from: 1, to: 5, hasKey: false, rowLimit: 0), [])
    try expect(
      Shape(from: 1, to: 5, isNonEmpty: true, hasKey: false, missing: long(7), rowLimit: 0),
      [["[7,7]", "[1,3]"]]
    )
    try expect(Shape(from: 1, to: 5, isNonEmpty: true, rowLimit: 0), [])
  }

  @Test("a null default stays null") func nullDefault() throws {
    try expect(
      Shape(from: 1, to: 5, hasKey: false, missing: .literal(.null(.long)), rowLimit: 1),
      [["[10,null]", "[1,3]"]]
    )
  }

  @Test("too long a series and a bad step end the query") func failures() {
    for shape in [Shape(from: 0, to: 3_000_000), Shape(step: 0), Shape(step: -1)] {
      #expect(throws: QueryFailure.self) { try PlanRun.rows(plan(shape)) }
    }
    #expect(throws: QueryFailure.self) {
      try PlanRun.rows(plan(Shape(from: .min, to: .max, step: 1)))
    }
  }
}

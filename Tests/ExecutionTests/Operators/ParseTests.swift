import Columnar
import Execution
import QueryPlan
import Testing

/// A pattern of `parse` as a test writes it.
private struct Pattern {
  var kind = ParseKind.simple
  var flags = ""
  var isWhere = false
  var segments: [ParseSegment] = []
  var captures: [PlanColumn] = []

  /// Adds a literal.
  func text(_ text: String) -> Pattern {
    var copy = self
    copy.segments.append(.literal(ByteString(text)))
    return copy
  }

  var skip: Pattern {
    var copy = self
    copy.segments.append(.skip)
    return copy
  }

  func capture(_ type: ScalarType = .string) -> Pattern {
    var copy = self
    let column = PlanColumn(id: ColumnID(10 + captures.count), name: "x", type: type)
    copy.captures.append(column)
    copy.segments.append(.capture(column, isTyped: type != .string))
    return copy
  }

  /// The captures over texts, under all configurations.
  func expect(_ values: [String], _ rows: [[String]]) throws {
    let source = PlanColumn(id: ColumnID(1), name: "s", type: .string)
    let parse = Parse(
      input: texts(source, values),
      source: source.reference,
      kind: kind,
      flags: flags,
      segments: segments,
      dropsUnmatched: isWhere,
      columns: captures,
      span: nowhere
    )
    let differences = try PlanRun.differences(.parse(parse), expected: rows)
    #expect(differences == [])
  }
}

struct ParseTests {
  @Test("captures are as short as literals allow") func lazyCaptures() throws {
    try Pattern().capture().text("X").capture().text("X").capture()
      .expect(["aXbXcXd", "aXb"], [["'a'", "'b'", "'cXd'"], ["''", "''", "''"]])
  }

  @Test("a first literal stands at the start, a last one at the end") func anchors() throws {
    try Pattern().text("a=").capture().text(";")
      .expect(["a=1;", " a=1;", "a=1; ", "a=1;2;"], [["'1'"], ["''"], ["''"], ["'1;2'"]])
    try Pattern().skip.text("a=").capture().text(";").skip
      .expect(["x a=1;2;", "a=;"], [["'1'"], ["''"]])
    try Pattern().text("ab").expect(["ab"], [[]])
  }

  @Test("a typed capture before a star takes what looks like its type") func typedBeforeStar()
    throws
  {
    try Pattern().text("n=").capture(.long).skip.text("t=").capture(.real).skip
      .expect(["n=12, t=1.5e3x", "n=-7t=.5"], [["12", "1500.0"], ["-7", "0.5"]])
  }

  @Test("one bad value blanks the row in simple kind, its column in relaxed kind")
  func conversionFailures() throws {
    let pattern = Pattern().capture().text(" ").capture(.long).text(" ").capture(.long)
    let values = ["a 1 2", "b x 2", "c 3", "d 4 "]
    try pattern.expect(
      values,
      [
        ["'a'", "1", "2"], ["''", "null", "null"], ["''", "null", "null"], ["''", "null", "null"],
      ]
    )
    var relaxed = pattern
    relaxed.kind = .relaxed
    try relaxed.expect(
      values,
      [["'a'", "1", "2"], ["'b'", "null", "2"], ["''", "null", "null"], ["'d'", "4", "null"]]
    )
    var dropping = pattern
    dropping.isWhere = true
    try dropping.expect(values, [["'a'", "1", "2"]])
  }

  @Test("regular patterns match anywhere and take as much as they can") func regex() throws {
    let pattern = Pattern(kind: .regex).text("(r|R)esource=").capture().text(",")
    try pattern.expect(["a resource=x,y,z", "Resource=1"], [["'x,y'"], ["''"]])
    var flagged = pattern
    flagged.flags = "Ui"
    try flagged.expect(["A RESOURCE=x,y,z"], [["'x'"]])
    try Pattern(kind: .regex).text("[a-z]").capture(.int).text("[a-z]").capture(.int)
      .expect(["a1b2"], [["1", "2"]])
  }

  @Test("an invalid pattern ends the query") func badRegex() {
    #expect(throws: QueryFailure.self) {
      try Pattern(kind: .regex).text("(").capture().expect(["a"], [])
    }
  }

  @Test("captures of dictionary columns equal those of plain ones") func dictionaries() throws {
    var random = RandomValues(seed: 11)
    let table = RandomTable([.string], rowCount: 300, variety: 20, &random)
    let capture = PlanColumn(id: ColumnID(10), name: "x", type: .string)
    let parse = Parse(
      input: table.scan,
      source: table.columns[0].reference,
      kind: .simple,
      flags: "",
      segments: [.literal("ab"), .capture(capture, isTyped: false)],
      dropsUnmatched: false,
      columns: table.columns + [capture],
      span: nowhere
    )
    let expected = table.shown.map { row in
      row + [row[0].count > 4 ? "'" + row[0].dropFirst(3) : "''"]
    }
    #expect(try PlanRun.differences(.parse(parse), table.tables, expected: expected) == [])
  }
}

import Columnar
import KQLFunctions
import Testing

@Suite struct TextMatchingTests {
  private static let samples = [
    "", "cmd", "CMD.exe", "a_b", "KustoExplorer", "net user /add", "Straße", "x ab", "co-op",
  ]

  @Test(arguments: [
    ("Has", "Explorer", [Int]()), ("Has", "USER", [5]), ("Has", "a", [3]), ("Has", "co-op", [8]),
    ("HasPrefix", " a", [7]), ("HasSuffix", "b", [3, 7]), ("Contains", "md", [1, 2]),
    ("ContainsCs", "md", [1]), ("StartsWith", "c", [1, 2, 8]), ("EndsWithCs", "E", []),
    ("EndsWith", "E", [2, 6]), ("EqualTilde", "cmd.EXE", [2]), ("EqualTilde", "STRASSE", []),
    ("Contains", "", Array(0..<9)),
  ])
  func constantNeedles(name: String, needle: String, rows: [Int]) throws {
    let count = Self.samples.count
    let expected = (0..<count).map { Scalar.bool(rows.contains($0)) }
    let texts = Vector.texts(Self.samples)
    let constant = Vector(constant: Scalar(stringLiteral: needle), count: count)
    let runner = try FunctionRunner(name)
    #expect(try runner([texts, constant], count: count).scalars == expected)
    let rowwise = Vector.texts(Array(repeating: needle, count: count))
    #expect(try runner([texts, rowwise], count: count).scalars == expected)
    let negation = name == "EqualTilde" ? "BangTilde" : "Not" + name
    let negated = try FunctionRunner(negation)([texts, constant], count: count)
    #expect(negated.scalars == expected.map { .bool($0 != .bool(true)) })
    let tail = texts.slice(3..<count)
    #expect(
      try runner([tail, constant.slice(3..<count)], count: count - 3).scalars
        == Array(expected[3...])
    )
  }

  @Test func membershipOfTexts() throws {
    let texts = Vector.texts(["a", "B", "", "c"])
    let list = Vector(constant: .array(["b", "c", .null(.dynamic)]), count: 4)
    #expect(
      try FunctionRunner("In")([texts, list], count: 4).scalars
        == Vector.bools([false, false, false, true]).scalars
    )
    #expect(
      try FunctionRunner("InCs")([texts, list], count: 4).scalars
        == Vector.bools([false, true, false, true]).scalars
    )
    #expect(
      try FunctionRunner("NotInCs")([texts, list], count: 4).scalars
        == Vector.bools([true, false, true, false]).scalars
    )
  }

  @Test func membershipOfNumbers() throws {
    let isIn = try FunctionRunner("In")
    #expect(try isIn(1, .real(1), .real(2.5)) == .bool(true))
    #expect(try isIn(2, .real(1), .real(2.5)) == .bool(false))
    #expect(try isIn(.null(.long), 1, 2) == .bool(false))
    #expect(try isIn(.null(.long), 1, .null(.long)) == .null(.bool))
    #expect(try FunctionRunner("NotIn")(.null(.long), 1) == .bool(true))
    let many = (0..<40).map { Vector(constant: .long($0 * 3), count: 4) }
    let result = try isIn([.longs([0, 3, 4, nil])] + many, count: 4)
    #expect(result.scalars == Vector.bools([true, true, false, false]).scalars)
    let rows = try isIn([.longs([1, 2]), .longs([1, 1]), .longs([3, 2])], count: 2)
    #expect(rows.scalars == Vector.bools([true, true]).scalars)
    #expect(try isIn(.dynamic(Scalar("a").boxed), "a") == .bool(true))
  }

  @Test func termLists() throws {
    let text: Scalar = "net user /add"
    let hasAny = try FunctionRunner("HasAny")
    let hasAll = try FunctionRunner("HasAll")
    #expect(try hasAny(text, "del", "ADD") == .bool(true))
    #expect(try hasAny(text, .array(["use", "ne"])) == .bool(false))
    #expect(try hasAny(text, .array([])) == .bool(false))
    #expect(try hasAny(text, .array([.null(.dynamic)])) == .bool(true))
    #expect(try hasAll(text, "net", "user") == .bool(true))
    #expect(try hasAll(text, "net", "users") == .bool(false))
    #expect(try hasAll(text, .array([])) == .bool(true))
  }

  @Test func ranges() throws {
    let between = try FunctionRunner("Between")
    #expect(try between(5, 1, 5) == .bool(true))
    #expect(try between(.null(.long), 1, 5) == .null(.bool))
    let values = Vector.longs([0, 1, nil, 6])
    let start = Vector(constant: 1, count: 4)
    #expect(
      try between([values, start, Vector(constant: 5, count: 4)], count: 4).scalars
        == Vector.bools([false, true, nil, false]).scalars
    )
    let day = TimeSpan(ticks: TimeSpan.ticksPerDay)
    let start2 = Scalar.datetime(DateTime(ticks: 5))
    #expect(
      try between(.datetime(DateTime(ticks: 5 + day.ticks)), start2, .timespan(day))
        == .bool(true)
    )
    #expect(
      try FunctionRunner("NotBetween")(.real(.nan), .real(0), .real(1)) == .bool(true)
    )
  }
}

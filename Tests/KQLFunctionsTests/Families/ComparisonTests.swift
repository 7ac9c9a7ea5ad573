import Columnar
import KQLFunctions
import Testing

@Suite struct ComparisonTests {
  @Test func equalityHasItsOwnNullTable() throws {
    let equal = try FunctionRunner("Equal")
    let notEqual = try FunctionRunner("NotEqual")
    #expect(try equal(1, .null(.long)) == .bool(false))
    #expect(try notEqual(.null(.long), 1) == .bool(true))
    #expect(try equal(.null(.long), .null(.long)) == .null(.bool))
    let left = Vector.longs([1, nil, 2, nil])
    let right = Vector.longs([1, 1, nil, nil])
    #expect(
      try equal([left, right], count: 4).scalars
        == [.bool(true), .bool(false), .bool(false), .null(.bool)]
    )
    #expect(
      try notEqual([left, Vector(constant: 1, count: 4)], count: 4).scalars
        == [.bool(false), .bool(true), .bool(true), .bool(true)]
    )
  }

  @Test func orderSpreadsNull() throws {
    let less = try FunctionRunner("LessThan")
    #expect(try less(1, .null(.long)) == .null(.bool))
    #expect(try less(.real(.nan), .real(1)) == .bool(false))
    #expect(try less(.int(3), .long(4)) == .bool(true))
  }

  @Test(arguments: ["", "a", "12345678", "123456789", "12345678x", "ein längerer Text, 😀"])
  func textsCompareByBytes(needle: String) throws {
    let samples = ["", "a", "A", "12345678", "123456789", "12345678x", "ein längerer Text, 😀"]
    let constant = Vector(constant: Scalar(stringLiteral: needle), count: samples.count)
    let expected = samples.map { Scalar.bool($0 == needle) }
    let equal = try FunctionRunner("Equal")
    #expect(try equal([.texts(samples), constant], count: samples.count).scalars == expected)
    #expect(try equal([constant, .texts(samples)], count: samples.count).scalars == expected)
    let rows = Vector.texts(Array(repeating: needle, count: samples.count))
    #expect(try equal([.texts(samples), rows], count: samples.count).scalars == expected)
  }

  @Test func composedAndDecomposedTextsDiffer() throws {
    let equal = try FunctionRunner("Equal")
    #expect(try equal("caf\u{E9}", "cafe\u{301}") == .bool(false))
  }

  @Test func logicIsThreeValued() throws {
    let values: [Bool?] = [true, false, nil]
    let left = Vector.bools(values.flatMap { [$0, $0, $0] })
    let right = Vector.bools(values + values + values)
    let and = try FunctionRunner("And")
    let or = try FunctionRunner("Or")
    #expect(
      try and([left, right], count: 9).scalars
        == Vector.bools([true, false, nil, false, false, false, nil, false, nil]).scalars
    )
    #expect(
      try or([left, right], count: 9).scalars
        == Vector.bools([true, true, true, true, false, nil, true, nil, nil]).scalars
    )
    let null = Vector(constant: .null(.bool), count: 9)
    #expect(
      try and([left, null], count: 9).scalars
        == Vector.bools([nil, nil, nil, false, false, false, nil, nil, nil]).scalars
    )
    #expect(try or(.bool(false), .bool(false)) == .bool(false))
    #expect(try and(.bool(true), .bool(true)) == .bool(true))
  }
}

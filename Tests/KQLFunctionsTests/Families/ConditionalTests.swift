import Columnar
import KQLFunctions
import Testing

@Suite struct ConditionalTests {
  @Test func nullConditionTakesTheSecondValue() throws {
    let iff = try FunctionRunner("iff")
    let condition = Vector.bools([true, false, nil])
    let result = try iff(
      [condition, .longs([1, 2, nil]), Vector(constant: 9, count: 3)],
      count: 3,
      result: .long
    )
    #expect(result.scalars == [1, 9, 9])
    let texts = try iff(
      [condition, Vector(constant: "a", count: 3), Vector(constant: "b", count: 3)],
      count: 3,
      result: .string
    )
    #expect(texts.scalars == ["a", "b", "b"])
    #expect(texts.dictionaryRows != nil)
  }

  @Test func valuesArePromoted() throws {
    let iff = try FunctionRunner("iff")
    let result = try iff(
      [.bools([true, false]), .of(.int, [.int(1), .int(2)]), .longs([nil, 5])],
      count: 2,
      result: .long
    )
    #expect(result.scalars == [1, 5])
    let boxed = try iff(.bool(true), 1, .null(.dynamic), result: .dynamic)
    #expect(boxed == .dynamic(Scalar.long(1).boxed))
  }

  @Test func caseTakesTheFirstThatHolds() throws {
    let choose = try FunctionRunner("case")
    let result = try choose(
      [
        .bools([nil, true, false, false]), .texts(["a", "b", "c", "d"]),
        .bools([true, true, true, nil]), Vector(constant: "second", count: 4),
        Vector(constant: "else", count: 4),
      ],
      count: 4,
      result: .string
    )
    #expect(result.scalars == ["second", "b", "second", "else"])
  }

  @Test func coalesceSkipsNullsAndEmptyTexts() throws {
    let coalesce = try FunctionRunner("coalesce")
    #expect(try coalesce(.null(.long), 2, 3, result: .long) == 2)
    #expect(try coalesce(.null(.long), .null(.long), result: .long) == .null(.long))
    let texts = try coalesce(
      [.texts(["", "a", ""]), .texts(["b", "b", ""])],
      count: 3,
      result: .string
    )
    #expect(texts.scalars == ["b", "a", ""])
  }

  @Test func extremesSkipNullsAndKeepNaN() throws {
    let greatest = try FunctionRunner("max_of")
    let least = try FunctionRunner("min_of")
    #expect(
      try greatest([.longs([1, nil, nil]), .longs([6, 2, nil])], count: 3, result: .long).scalars
        == [6, 2, .null(.long)]
    )
    #expect(try least(.int(1), .real(0.5), result: .real) == .real(0.5))
    for runner in [greatest, least] {
      guard case .real(let value) = try runner(.real(.nan), .real(1), result: .real) else {
        Issue.record("no real")
        return
      }
      #expect(value.isNaN)
    }
  }

  @Test func presence() throws {
    let isEmpty = try FunctionRunner("isempty")
    let isNull = try FunctionRunner("isnull")
    #expect(try isEmpty([.texts(["", "a"])], count: 2).scalars == [.bool(true), .bool(false)])
    #expect(try isNull([.texts(["", "a"])], count: 2).scalars == [.bool(false), .bool(false)])
    #expect(try isNull([.longs([nil, 1])], count: 2).scalars == [.bool(true), .bool(false)])
    #expect(try isEmpty(.dynamic(Scalar("").boxed)) == .bool(true))
    #expect(try isEmpty(.dynamic(Scalar(0).boxed)) == .bool(false))
    #expect(try isEmpty(.null(.dynamic)) == .bool(true))
    #expect(try FunctionRunner("notnull")(.null(.guid)) == .bool(false))
  }
}

extension Scalar {
  /// The value inside a dynamic.
  var boxed: DynamicValue {
    var writer = DynamicWriter()
    switch self {
    case .bool(let value): writer.append(bool: value)
    case .long(let value): writer.append(long: value)
    case .real(let value): writer.append(real: value)
    case .string(let value): writer.append(string: value.bytes)
    case .dynamic(let value): writer.append(value)
    default: writer.appendNull()
    }
    return writer.value()
  }

  /// An array of values inside a dynamic.
  static func array(_ values: [Scalar]) -> Scalar {
    var writer = DynamicWriter()
    writer.beginArray()
    for value in values { writer.append(value.boxed) }
    writer.endArray()
    return .dynamic(writer.value())
  }
}

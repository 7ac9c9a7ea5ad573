import Columnar
import Testing

@Suite struct JSONTests {
  @Test(arguments: [
    ("17", "17"), ("-0", "0"), ("1.0", "1.0"), ("25e-1", "2.5"), ("1E3", "1000.0"),
    ("9223372036854775807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("12345678901234567890", "1.2345678901234568e+19"), ("true", "true"), (" null ", "null"),
    ("\"\\u00e4\\ud83d\\ude00\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"ä😀\\\"\\\\/\\b\\f\\n\\r\\t\""),
    ("\"\\ud800x\\udc00\"", "\"\u{FFFD}x\u{FFFD}\""), ("\"\\u0000\\u001f\"", "\"\\u0000\\u001f\""),
    ("\"\\ud800\\u0041\"", "\"\u{FFFD}A\""), ("[ ]", "[]"), ("{ }", "{}"),
    ("\r\n\t[1 ,2.5, \"x\" , [ ] ]", "[1,2.5,\"x\",[]]"),
    ("{ \"a b\" : { \"\" : 1 } , \"c\":[null,false]}", "{\"a b\":{\"\":1},\"c\":[null,false]}"),
    (
      "\"0123456789abcdef0123456789abcdef\\n0123456789abcdef\"",
      "\"0123456789abcdef0123456789abcdef\\n0123456789abcdef\""
    ),
  ])
  func textsAreReadAndPrinted(text: String, expected: String) {
    #expect(parsedJSON(text).map { json($0) } == expected)
  }

  @Test(arguments: [
    "", " ", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x10", "NaN", "Infinity", "nul", "True",
    "'a'",
    "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"a\nb\"", "\"a\u{1}\"",
    "\"0123456789abcdef\u{1f}\"",
    "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "]", "{", "{\"a\"", "{\"a\":", "{\"a\":1",
    "{\"a\":1,}", "{a:1}",
    "{1:2}", "{\"a\" 1}", "1 2", "[]x", "{\"a\":1}}", "// x\n1", "\u{FEFF}1", "\"\\",
  ])
  func otherTextsAreRefused(text: String) {
    #expect(parsedJSON(text) == nil)
  }

  @Test func textThatIsNoJSONIsKept() {
    let value = written { writer in withBytes("{oops") { JSONParser.parseOrKeep($0, into: &writer) }
    }
    #expect(value.kind == .string)
    #expect(value.withView { view in printed { view.writeText(into: &$0) } } == "{oops")
  }

  @Test func invalidBytesAreKept() {
    let text: [UInt8] = [0x22, 0xFF, 0xC3, 0x22]
    var writer = DynamicWriter()
    let wasRead = text.withUnsafeBufferPointer { JSONParser.parse($0, into: &writer) }
    let string = writer.value().withView { view in printed { view.writeText(into: &$0) } }
    #expect(wasRead && string == "\u{FFFD}\u{FFFD}")
    let kept = writer.value().bytes.dropLast()
    #expect(kept == [0xFF, 0xC3])
  }

  @Test func nestingIsLimited() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(parsedJSON(nested(DynamicLimit.depth)).map { json($0) } == nested(DynamicLimit.depth))
    #expect(parsedJSON(nested(DynamicLimit.depth + 1)) == nil)
    #expect(parsedJSON(String(repeating: "[", count: 1_000_000)) == nil)
    #expect(parsedJSON(String(repeating: "{\"a\":", count: 100_000)) == nil)
  }

  @Test func namesAreSortedOnDemand() throws {
    let value = try #require(parsedJSON("{\"b\":1,\"A10\":{\"z\":1,\"y\":2},\"A1\":3,\"a\":4}"))
    #expect(
      json(value, sortedNames: true) == "{\"A1\":3,\"A10\":{\"y\":2,\"z\":1},\"a\":4,\"b\":1}"
    )
  }

  @Test func whatJSONLacksIsQuoted() {
    let value = written { writer in
      writer.beginArray()
      writer.append(datetime: DateTime(ticks: DateTime.unixEpochTicks))
      writer.append(timespan: TimeSpan(ticks: TimeSpan.ticksPerDay))
      writer.append(guid: .zero)
      writer.append(real: .nan)
      writer.append(real: -.infinity)
      writer.append(decimal: Decimal128(5))
      writer.endArray()
    }
    #expect(
      json(value)
        == "[\"1970-01-01T00:00:00.0000000Z\",\"1.00:00:00\","
        + "\"00000000-0000-0000-0000-000000000000\",\"NaN\",\"-Infinity\",\"5\"]"
    )
  }

  @Test func scalarsPrintWithoutQuotes() {
    func text(_ value: DynamicValue) -> String {
      value.withView { view in printed { view.writeText(into: &$0) } }
    }
    #expect(text(written { $0.append(string: Array("a\"b".utf8)) }) == "a\"b")
    #expect(text(written { $0.append(timespan: TimeSpan(ticks: 10_000_000)) }) == "00:00:01")
    #expect(text(.null) == "")
    #expect(text(written { $0.append(real: 2) }) == "2.0")
  }

  @Test func printingAndReadingGoRound() {
    for _ in 0..<200 {
      var numbers = SeededNumbers()
      let seed = numbers.seed
      let value = written { writeRandomValue(&$0, depth: 4, &numbers) }
      let text = json(value)
      #expect(parsedJSON(text) == value, "seed \(seed)")
      #expect(parsedJSON(json(value, sortedNames: true)) == value, "seed \(seed)")
      #expect(parsedJSON(text).map { json($0) } == text, "seed \(seed)")
    }
  }

  @Test func damagedTextsAreReadOrRefused() {
    var numbers = SeededNumbers()
    let whole = Array("{\"a\":[1,-2.5e3,\"x\\u0041\"],\"b\":{\"c\":null,\"d\":true}}".utf8)
    for _ in 0..<5000 {
      var text = whole
      let index = Int.random(in: 0..<text.count, using: &numbers)
      text[index] = UInt8.random(in: 0..<0x80, using: &numbers)
      text.removeLast(Int.random(in: 0..<4, using: &numbers))
      var writer = DynamicWriter()
      let wasRead = text.withUnsafeBufferPointer { JSONParser.parse($0, into: &writer) }
      if wasRead {
        let value = writer.value()
        #expect(parsedJSON(json(value)) == value, "seed \(numbers.seed)")
      } else {
        let left = (writer.byteCount, writer.openCount)
        #expect(left == (0, 0), "seed \(numbers.seed)")
      }
    }
  }
}

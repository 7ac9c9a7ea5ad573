import Columnar
import KQLFunctions
import Testing

@Suite struct TextFunctionTests {
  @Test(arguments: [
    ("abcdef", 3, 100, "def"), ("abcdef", -2, 5, "ef"), ("abc", 5, 3, ""), ("hello", -3, 2, "ll"),
    ("hello", -100, 3, ""), ("hello", 2, 0, ""), ("hello", 1, -1, ""), ("", -2, 5, ""),
    ("𝓗ello", 0, 2, "𝓗e"), ("café", -1, 1, "é"),
  ])
  func substrings(text: String, start: Int64, length: Int64, expected: String) throws {
    let substring = try FunctionRunner("substring")
    let result = try substring(Scalar(stringLiteral: text), .long(start), .long(length))
    #expect(result == Scalar(stringLiteral: expected))
  }

  @Test(arguments: [
    ("abcdefg", "cde", [], 2), ("abcdefg", "cde", [1, 4], 2), ("abcdefg", "cde", [1, 2], 2),
    ("abcdefg", "cde", [3, 4], -1), ("abcdefg", "cde", [-5], 2),
    ("abcdefg", "cde", [2, -1], 2), ("abcdefgabcdefg", "cde", [1, 10, 2], 9),
    ("abcdefgabcdefg", "cde", [1, -1, 3], -1), ("café é", "é", [4], 5), ("", "a", [], -1),
    ("abc", "c", [100, 5], -1),
  ])
  func positions(text: String, match: String, limits: [Int64], expected: Int64) throws {
    let arguments =
      [Scalar(stringLiteral: text), Scalar(stringLiteral: match)] + limits.map { .long($0) }
    let indexOf = try FunctionRunner("indexof")
    let constants = arguments.map { Vector(constant: $0, count: 1) }
    #expect(try indexOf(constants, count: 1).scalars == [.long(expected)])
  }

  @Test func positionsThatMakeNoSense() throws {
    let indexOf = try FunctionRunner("indexof")
    #expect(try indexOf("abc", "") == .null(.long))
    #expect(try indexOf("abc", "a", 0, -2) == .null(.long))
    #expect(try indexOf("abc", "a", 0, 1, -1) == .null(.long))
    #expect(try indexOf("abc", "a", .long(.min), .long(.max)) == 0)
  }

  @Test func lengthsAndOrder() throws {
    #expect(try FunctionRunner("strlen")("😀é") == 2)
    #expect(try FunctionRunner("string_size")("⒦⒰⒮⒯⒪") == 15)
    let strcmp = try FunctionRunner("strcmp")
    #expect(try strcmp("abcde", "abc") == 1)
    #expect(try strcmp("ABC", "abc") == -1)
    #expect(try FunctionRunner("isascii")("é") == .bool(false))
  }

  @Test func caseAndReversal() throws {
    #expect(try FunctionRunner("toupper")("naïve Straße") == "NAÏVE STRAßE")
    #expect(try FunctionRunner("tolower")("ÅNGSTRÖM") == "ångström")
    #expect(try FunctionRunner("reverse")("𝓗ello") == "olle𝓗")
  }

  @Test func replacements() throws {
    let replace = try FunctionRunner("replace_string")
    #expect(try replace("O'Brien's", "'", "''") == "O''Brien''s")
    #expect(try replace("aaa", "", "X") == "aaa")
    #expect(try replace("aaa", "a", "") == "")
    let many = try FunctionRunner("replace_strings")
    let text: Scalar = "This is an example"
    #expect(
      try many(text, .array(["This", "is"]), .array(["This", "was"])) == "This was an example"
    )
    #expect(
      try many(text, .array(["is", "This"]), .array(["was", "This"])) == "Thwas was an example"
    )
    #expect(
      try many(text, .array(["This", "is"]), .array([12345, "was"])) == "This was an example"
    )
    let translate = try FunctionRunner("translate")
    #expect(try translate("abc", "x", "abc") == "xxx")
    #expect(try translate("abc", "", "ab") == "")
    #expect(try translate("krasp", "otsku", "spark") == "kusto")
  }

  @Test func splitting() throws {
    let split = try FunctionRunner("split")
    #expect(try split("a__b", "_") == .array(["a", "", "b"]))
    #expect(try split("", "_") == .array([""]))
    #expect(try split("aaa_bbb_ccc", "_", 1) == .array(["bbb"]))
    #expect(try split("a", "_", 7) == .array([]))
    #expect(try split("ab", "") == .array(["ab"]))
  }

  @Test func counting() throws {
    let count = try FunctionRunner("countof")
    #expect(try count("aaaa", "aa") == 3)
    #expect(try count("abc", "") == 0)
  }

  @Test func repetitionIsLimited() throws {
    let repeated = try FunctionRunner("strrep")
    #expect(try repeated("ab", 2, "-") == "ab-ab")
    #expect(try repeated("ab", -1) == "")
    #expect(try FunctionRunner("strlen")(try repeated("ab", .long(.max))) == 2048)
  }

  @Test func joinsTexts() throws {
    let joined = try FunctionRunner("strcat")(
      [.texts(["a", "b"]), Vector(constant: "-", count: 2), .texts(["", "c"])],
      count: 2
    )
    #expect(joined.scalars == ["a-", "b-c"])
    #expect(try FunctionRunner("strcat_delim")("|", "a", "", "b") == "a||b")
  }

  @Test func codePoints() throws {
    let toString = try FunctionRunner("unicode_codepoints_to_string")
    #expect(try toString(.array([75, 117]), 33) == "Ku!")
    #expect(try toString(.long(-1), 0x1F600) == "\u{FFFD}😀")
    #expect(try FunctionRunner("to_utf8")("aé") == .array([97, 233]))
  }

  @Test(arguments: [
    (564, 0, "", "564 Bytes"), (10332, 1, "", "10.1 KB"), (20_010_332, 2, "", "19.08 MB"),
    (20_010_332, 0, "KB", "19541 KB"), (0, 3, "", "0 Bytes"), (1, 0, "parsec", ""),
  ])
  func byteFormats(size: Double, digits: Int64, unit: String, expected: String) throws {
    let result = try FunctionRunner("format_bytes")(
      .real(size),
      .long(digits),
      Scalar(stringLiteral: unit)
    )
    #expect(result == Scalar(stringLiteral: expected))
  }
}

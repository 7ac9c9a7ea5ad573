import Columnar
import Testing

@Suite struct DynamicLiteralTests {
  private func literal(_ text: String) -> String? {
    var writer = DynamicWriter()
    let wasRead = withBytes(text) { DynamicLiteralParser.parse($0, into: &writer) }
    return wasRead ? json(writer.value()) : nil
  }

  @Test(arguments: [
    ("'it\"s'", "\"it\\\"s\""), ("\"it's\"", "\"it's\""), (#"@'c:\n'"#, #""c:\\n""#),
    ("@'a''b'", "\"a'b\""), (#"'\u00e4\t'"#, "\"ä\\t\""), ("-5", "-5"), ("1.5", "1.5"),
    ("0x1f", "31"),
    ("2h", "72000000000"), ("null", "null"), ("true", "true"),
    ("{'a': 1, \"b\" : ['x', null]}", "{\"a\":1,\"b\":[\"x\",null]}"),
    (
      "[datetime(2021-07-04), datetime('7/4/2021')]",
      "[\"2021-07-04T00:00:00.0000000Z\",\"2021-07-04T00:00:00.0000000Z\"]"
    ),
    ("timespan(1.5h)", "54000000000"), ("time(2)", "1728000000000"),
    ("guid(9F3C1A52-0B7E-4D11-A2C3-5E6F70819A2B)", "\"9f3c1a52-0b7e-4d11-a2c3-5e6f70819a2b\""),
    (
      "[long(5), int(6), real(7), double(0.5), bool(false), decimal(1.10), long(null)]",
      "[5,6,7.0,0.5,false,\"1.10\",null]"
    ),
    ("dynamic({'k': dynamic([1])})", "{\"k\":[1]}"),
  ])
  func literalsAreRead(text: String, expected: String) {
    #expect(literal(text) == expected)
  }

  @Test(arguments: [
    "", "'a", "[1,]", "[1 2]", "{a:1}", "{'a':}", "datetime(x)", "datetime(2021-07-04", "foo(1)",
    "foo(null)",
    "1week", "guid(1)", "'\\q'", "dynamic(", "long(1.5)", "nulls", "[1]]",
  ])
  func otherTextsAreRefused(text: String) {
    #expect(literal(text) == nil)
  }

  @Test func nestingIsLimited() {
    #expect(literal(String(repeating: "dynamic(", count: 100_000)) == nil)
    #expect(literal(String(repeating: "[", count: 100_000)) == nil)
  }
}

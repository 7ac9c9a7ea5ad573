import Columnar
import KQLFunctions
import Testing

@Suite struct NetworkFunctionTests {
  @Test(
    arguments: [
      ("192.168.1.1", 3_232_235_777), ("192.168.1.1/24", 3_232_235_776),
      ("255.255.255.255/31", 4_294_967_294), ("0.0.0.0/0", 0), ("1.2.3", nil), ("1.2.3.256", nil),
      ("1.2.3.4/33", nil), ("1.2.3.4/", nil), ("1.2.3.4 ", nil), ("", nil), ("1.2.3.0004", nil),
    ] as [(String, Int64?)]
  )
  func ipv4Numbers(text: String, expected: Int64?) throws {
    let result = try FunctionRunner("parse_ipv4")(Scalar(stringLiteral: text))
    #expect(result == (expected.map { .long($0) } ?? .null(.long)))
  }

  @Test(arguments: [
    ("192.168.255.255/24", 128, "0000:0000:0000:0000:0000:ffff:c0a8:ff00"),
    ("fe80::85d:e82c:9446:7994/120", 124, "fe80:0000:0000:0000:085d:e82c:9446:7900"),
    ("::192.168.255.255/24", 128, "0000:0000:0000:0000:0000:0000:c0a8:ff00"),
    ("::", 128, "0000:0000:0000:0000:0000:0000:0000:0000"),
    ("1::8", 0, "0000:0000:0000:0000:0000:0000:0000:0000"),
    ("1:2:3:4:5:6:7", 128, ""), (":::", 128, ""), ("1::2::3", 128, ""),
    ("1:2:3:4:5:6:7:8:", 128, ""),
    ("1:2:3:4:5:6:7:8", 128, "0001:0002:0003:0004:0005:0006:0007:0008"), ("fe80::g", 128, ""),
  ])
  func ipv6Texts(text: String, prefix: Int64, expected: String) throws {
    let result = try FunctionRunner("parse_ipv6_mask")(Scalar(stringLiteral: text), .long(prefix))
    #expect(result == Scalar(stringLiteral: expected))
  }

  @Test func comparisonsUseTheShortestPrefix() throws {
    let compare = try FunctionRunner("ipv4_compare")
    #expect(try compare("192.168.1.1/30", "192.168.1.255/24") == 0)
    #expect(try compare("192.168.1.1", "192.168.1.255") == -1)
    #expect(try compare("192.168.1.1", "192.168.1.0", 31) == 0)
    #expect(try compare("192.168.1.1", "x") == .null(.long))
    #expect(try compare("192.168.1.1", "192.168.1.1", 33) == .null(.long))
    let compare6 = try FunctionRunner("ipv6_compare")
    #expect(try compare6("192.168.1.1/24", "::ffff:c0a8:01ff") == 0)
    #expect(try compare6("::192.168.1.1/30", "192.168.1.255/24") == 0)
    #expect(try compare6("fe80::1", "fe80::2") == -1)
  }

  @Test func privateAndRanges() throws {
    let isPrivate = try FunctionRunner("ipv4_is_private")
    for (text, expected) in [
      ("10.1.2.3", true), ("172.16.0.1", true), ("172.32.0.1", false), ("127.0.0.1", false),
      ("192.168.1.1/24", true),
    ] {
      #expect(try isPrivate(Scalar(stringLiteral: text)) == .bool(expected))
    }
    let inAny = try FunctionRunner("ipv4_is_in_any_range")
    #expect(try inAny("192.168.1.6", .array(["10.0.0.0/8", "192.168.1.1/24"])) == .bool(true))
    #expect(try inAny("192.168.2.6", "10.0.0.0/8", "192.168.1.1/24") == .bool(false))
    #expect(try inAny("nowhere", "10.0.0.0/8") == .null(.bool))
  }

  @Test func formats() throws {
    let format = try FunctionRunner("format_ipv4")
    let mask = try FunctionRunner("format_ipv4_mask")
    #expect(try format("192.168.1.1/24", 32) == "192.168.1.0")
    #expect(try mask("192.168.1.1/24", 32) == "192.168.1.0/24")
    #expect(try format("192.168.1.1/24", -1) == "")
    #expect(try format(3_232_236_031) == "192.168.1.255")
    #expect(try format(-1) == "")
    #expect(
      try FunctionRunner("ipv4_range_to_cidr_list")("1.1.128.0", "1.1.140.255")
        == .array(["1.1.128.0/21", "1.1.136.0/22", "1.1.140.0/24"])
    )
    #expect(
      try FunctionRunner("ipv4_range_to_cidr_list")("0.0.0.0", "255.255.255.255")
        == .array(["0.0.0.0/0"])
    )
  }

  @Test func addressesInTexts() throws {
    let has = try FunctionRunner("has_ipv4")
    let line: Scalar = "05:04:54 127.0.0.1 GET /favicon.ico 404"
    #expect(try has(line, "127.0.0.1") == .bool(true))
    #expect(try has("05:04:54127.0.0.1 GET", "127.0.0.1") == .bool(false))
    #expect(try has("a 127.0.0.256", "127.0.0.256") == .bool(false))
    let prefix = try FunctionRunner("has_ipv4_prefix")
    #expect(try prefix(line, "127.0.") == .bool(true))
    #expect(try prefix(line, "127.0") == .bool(false))
    #expect(try prefix("a 127.0.0.256", "127.0.") == .bool(false))
    #expect(try prefix("a 127.0.0.12", "127.0.0.1") == .bool(false))
    #expect(
      try FunctionRunner("has_any_ipv4")(line, .array(["1.1.1.1", "127.0.0.1"])) == .bool(true)
    )
  }
}

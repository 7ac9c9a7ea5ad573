import Columnar
import KQLFunctions
import Testing

@Suite struct ParsingFunctionTests {
  /// The JSON text of what a function makes of a text.
  private func json(_ name: String, _ text: String, _ more: Scalar...) throws -> String {
    let arguments = [Scalar(stringLiteral: text)] + more
    let constants = arguments.map { Vector(constant: $0, count: 1) }
    let result = try FunctionRunner(name)(constants, count: 1).scalar(at: 0)
    guard case .dynamic(let value) = result else { return "\(result)" }
    var sink = ByteSink()
    value.withView { $0.writeJSON(into: &sink) }
    return sink.text()
  }

  @Test func urls() throws {
    #expect(
      try json("parse_url", "scheme://me:pw@host:1234/this/is/a?k1=v1&k2#end")
        == #"{"Scheme":"scheme","Host":"host","Port":"1234","Path":"/this/is/a","#
        + #""Username":"me","Password":"pw","Query Parameters":{"k1":"v1","k2":""},"#
        + #""Fragment":"end"}"#
    )
    #expect(
      try json("parse_url", "http://[::1]:80").hasPrefix(
        #"{"Scheme":"http","Host":"[::1]","Port":"80","Path":"","#
      )
    )
    #expect(try json("parse_urlquery", "?a=1&a=2") == #"{"Query Parameters":{"a":"2"}}"#)
  }

  @Test(arguments: [
    (
      #"C:\temp\file.txt"#,
      #"["","C:\\","C:\\temp","temp","file.txt","txt",""]"#
    ),
    (#"temp\file.txt"#, #"["","","temp","temp","file.txt","txt",""]"#),
    (
      "file://C:/temp/file.txt:some.exe",
      #"["file","C:/","C:/temp","temp","file.txt","txt","some.exe"]"#
    ),
    (
      #"\\shared\users\temp\file.txt.gz"#,
      #"["","","\\\\shared\\users\\temp","temp","file.txt.gz","gz",""]"#
    ),
    ("/usr/lib/temp/file.txt", #"["","","/usr/lib/temp","temp","file.txt","txt",""]"#),
    ("", #"["","","","","","",""]"#),
  ])
  func paths(path: String, expected: String) throws {
    let names = [
      "Scheme", "RootPath", "DirectoryPath", "DirectoryName", "Filename", "Extension",
      "AlternateDataStreamName",
    ]
    var text = try json("parse_path", path)
    for name in names { text = text.replacing("\"\(name)\":", with: "") }
    #expect(text == "{" + expected.dropFirst().dropLast() + "}")
  }

  @Test func versions() throws {
    let parse = try FunctionRunner("parse_version")
    #expect(try parse("0.0.7.0") == .decimal(Decimal128(700_000_000)))
    #expect(try parse("0.2") == .decimal(Decimal128(20_000_000_000_000_000)))
    for text in ["", "1.2.3.4.5", "1.x", "123456789", "1."] {
      #expect(try parse(Scalar(stringLiteral: text)) == .null(.decimal), "\(text)")
    }
  }

  @Test(arguments: [
    (#"echo "hello world!""#, #"["echo","hello world!"]"#),
    (#""C:\Program Files\a.exe" /x"#, #"["C:\\Program Files\\a.exe","/x"]"#),
    (#"a b\\"c d" e"#, #"["a","b\\c d","e"]"#), (#"a \"b"#, #"["a","\"b"]"#),
    (#"a "b""c""#, #"["a","b\"c"]"#), ("", "[]"), ("  ", "[]"),
  ])
  func commandLines(line: String, expected: String) throws {
    #expect(try json("parse_command_line", line, "windows") == expected)
  }

  @Test func records() throws {
    #expect(
      try json("parse_csv", "aa,\"b,b\",cc,\"say \"\"x\"\"\",\"l1\nl2\"\nnext,line")
        == #"["aa","b,b","cc","say \"x\"","l1\nl2"]"#
    )
    #expect(try json("parse_csv", "") == #"[""]"#)
  }
}

extension ParsingFunctionTests {
  @Test(arguments: [
    ("<e/>", #"{"e":null}"#), ("<e>text</e>", #"{"e":"text"}"#),
    ("<e name=\"value\" />", #"{"e":{"@name":"value"}}"#),
    ("<e n='v'>text</e>", ##"{"e":{"@n":"v","#text":"text"}}"##),
    ("<e> <a>t</a> <b>u</b> </e>", #"{"e":{"a":"t","b":"u"}}"#),
    ("<e><a>t</a><b/><a>u</a></e>", #"{"e":{"a":["t","u"],"b":null}}"#),
    ("<e> text <a>t</a> </e>", ##"{"e":{"#text":"text","a":"t"}}"##),
    ("<?xml version='1.0'?><!-- c --><e>&lt;&#65;<![CDATA[<b>]]></e>", #"{"e":"<A<b>"}"#),
  ])
  func xml(text: String, expected: String) throws {
    let result = try FunctionRunner("parse_xml")(Scalar(stringLiteral: text))
    guard case .dynamic(let value) = result else {
      Issue.record("\(text) gives \(result)")
      return
    }
    var sink = ByteSink()
    value.withView { $0.writeJSON(into: &sink) }
    #expect(sink.text() == expected)
  }

  @Test(arguments: [
    "", "no xml", "<a>", "<a></b>", "<a/><b/>", "<a>&nbsp;</a>", "<a b=c/>", "<a b='1' b='2'/>",
    String(repeating: "<a>", count: 100_000),
  ])
  func brokenXML(text: String) throws {
    #expect(try FunctionRunner("parse_xml")(Scalar(stringLiteral: text)) == .null(.dynamic))
  }

  @Test func jsonPaths() throws {
    let extract = try FunctionRunner("extract_json")
    let json: Scalar = #"{"a": {"b": [1, {"c d": "x"}]}}"#
    #expect(try extract("$.a.b[1]['c d']", json) == "x")
    #expect(try extract("$.a.b[0]", json) == "1")
    #expect(try extract("$.a.x", json) == "")
    #expect(try extract("a", json) == "")
    #expect(try extract("$.a", "no json") == "")
  }

  @Test func assertionsAndDistances() throws {
    #expect(try FunctionRunner("assert")(.bool(true), "fine") == .bool(true))
    #expect(throws: QueryFailure.self) { try FunctionRunner("assert")(.bool(false), "bad") }
    let around = try FunctionRunner("around")
    #expect(try around(5, 1, 4) == .bool(true))
    #expect(try around(.long(.max), .long(.max), 1) == .bool(true))
    #expect(try around(.null(.long), 1, 1) == .null(.bool))
  }

  @Test func decompression() throws {
    let gzip = try FunctionRunner("gzip_decompress_from_base64_string")
    #expect(
      try gzip("H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA==")
        == "1234567890qwertyuiop"
    )
    #expect(try gzip("x0x0x0") == "")
    let zlib = try FunctionRunner("zlib_decompress_from_base64_string")
    #expect(try zlib("eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=") == "Test string 123")
    #expect(try zlib("eJwLSS0uUSguKcrMS1cw") == "")
  }
}

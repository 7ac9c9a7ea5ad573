import Columnar
import Execution
import QueryPlan
import Testing

struct ParseKeyValuesTests {
  private let source = PlanColumn(id: ColumnID(1), name: "s", type: .string)

  /// How pairs are written.
  private struct Form {
    var pair: ByteString? = ";"
    var keyValue: ByteString? = "="
    var quotes: [ByteString] = []
    var escapes: [ByteString] = []
    var isGreedy = false
    var regex: ByteString?
  }

  private func expect(
    _ text: String,
    _ form: Form,
    _ keys: [(String, ScalarType)],
    _ row: [String]
  ) throws {
    let columns = keys.enumerated().map { index, key in
      PlanColumn(id: ColumnID(10 + index), name: key.0, type: key.1)
    }
    let parse = ParseKeyValues(
      input: texts(source, [text]),
      source: source.reference,
      keys: columns,
      pairDelimiter: form.pair,
      keyValueDelimiter: form.keyValue,
      quotes: form.quotes,
      escapes: form.escapes,
      isGreedy: form.isGreedy,
      regex: form.regex,
      columns: columns
    )
    #expect(try PlanRun.differences(.parseKeyValues(parse), expected: [row]) == [])
  }

  @Test("the first value of a key counts and blanks around it do not") func delimiters() throws {
    let keys = [("a", ScalarType.long), ("b", .string), ("c", .dynamic)]
    try expect(" a = 1 ;b=x=y;a=2", Form(), keys, ["1", "'x=y'", "null"])
    try expect("a=z;B=1", Form(), keys, ["null", "''", "null"])
    try expect("", Form(), keys, ["null", "''", "null"])
  }

  @Test("quotes keep delimiters and escapes keep quotes") func quotes() throws {
    let form = Form(pair: " ", quotes: ["\"", "\"", "(", ")"], escapes: ["\\"])
    try expect(
      #"a="x y" "b c"=(p q) d="say \"no\"" e="open"#,
      form,
      [("a", .string), ("b c", .string), ("d", .string), ("e", .string)],
      ["'x y'", "'p q'", "'say \"no\"'", "'\"open'"]
    )
  }

  @Test("greedy values run up to the next key") func greedy() throws {
    let keys = [("name", ScalarType.string), ("city", .string)]
    var form = Form(pair: " ")
    try expect("name=John Doe city=New York", form, keys, ["'John'", "'New'"])
    form.isGreedy = true
    try expect("name=John Doe city=New York", form, keys, ["'John Doe'", "'New York'"])
  }

  @Test("hostile texts take no longer than others", arguments: [false, true])
  func hostileTexts(isGreedy: Bool) throws {
    let form = Form(pair: " ", quotes: ["(", ")"], isGreedy: isGreedy)
    let size = 200_000
    try expect(
      "a=x" + String(repeating: " ", count: size) + "=y",
      form,
      [("a", .string)],
      ["'x'"]
    )
    try expect(String(repeating: "( ", count: size) + "a=1", form, [("a", .string)], ["'1'"])
    try expect(String(repeating: "b ", count: size) + "a=1", form, [("a", .string)], ["'1'"])
    let words = Form(pair: nil, keyValue: nil, quotes: ["(", ")"])
    try expect(String(repeating: "(", count: size) + "a 1", words, [("a", .string)], ["'1'"])
  }

  @Test("without delimiters words follow their keys") func words() throws {
    let form = Form(pair: nil, keyValue: nil, quotes: ["'", "'"], escapes: ["\\"])
    try expect(
      #"[x] id:7, text: 'it\'s up', id:8"#,
      form,
      [("id", .long), ("text", .string), ("none", .string)],
      ["7", #"'it's up'"#, "''"]
    )
  }

  @Test("a pattern finds pairs by its two groups") func regex() throws {
    let form = Form(regex: #"<(\w+):([^>]*)>"#)
    try expect("<a: 1 ><b:2>", form, [("b", .long), ("a", .long)], ["2", "1"])
    #expect(throws: QueryFailure.self) {
      try expect("a", Form(regex: "(a)"), [("a", .string)], [])
    }
  }
}

import Columnar
import Hunting
import Testing

/// Holds inferred types to values that must survive them.
struct TypeInferenceTests {
  @Test(arguments: [
    ("true,FALSE,", "bool"), ("1,-20,0", "long"),
    ("9223372036854775807,-9223372036854775808", "long"),
    ("9223372036854775808,1", "string"), ("1.5,2,-3e4", "real"), ("1,x", "string"),
    ("007,1", "string"), ("+5,1", "string"), ("-0,1", "string"), ("0x10,1", "string"),
    ("1.23456789012345678,1", "string"), ("1.,2", "string"),
    ("2026-01-02,2026-01-02T03:04:05.1234567Z", "datetime"),
    ("2026-01-02,yesterday", "string"), ("2026-13-02,2026-01-02", "string"),
    ("01:02:03,1.02:03:04.5", "timespan"), ("01:02,02:03", "string"),
    ("6f9619ff-8b86-d011-b42d-00c04fc964ff,", "guid"),
    ("6F9619FF-8b86-d011-b42d-00c04fc964ff,", "string"),
    ("{},[]", "dynamic"), ("['a'],['b']", "string"), ("{},x", "string"), ("true,1", "string"),
    (",", "string"),
  ])
  func `CSV cells`(cells: String, expected: String) throws {
    let rows = cells.split(separator: ",", omittingEmptySubsequences: false)
    // A second column keeps rows with an empty cell from being blank lines.
    let text = "v,n\n" + rows.map { "\($0),1\n" }.joined()
    let (table, _) = try LoadedText.load(text, path: "f.csv")
    let type = table.schema.columns[0].type.name
    #expect(type == expected)
    let shown = LoadedText.rows(table, ["v"])
    if type == "string" { #expect(shown == rows.map(String.init)) }
  }

  @Test(arguments: [
    ("1|2.5", "real"), ("1|2", "long"), ("true|null", "bool"), ("\"1\"|\"2\"", "string"),
    ("\"true\"|\"false\"", "string"), ("1|\"2\"", "string"), ("1|true", "string"),
    ("\"2026-01-02T03:04:05Z\"|null", "datetime"), ("{}|null", "dynamic"), ("[1]|5", "dynamic"),
    ("\"\"|null", "string"), ("\"{}\"|\"{}\"", "string"), ("1|\"\"", "long"),
    ("18446744073709551615|1", "string"),
  ])
  func `JSON values`(values: String, expected: String) throws {
    let text = values.split(separator: "|").map { "{\"v\":\($0)}\n" }.joined()
    let (table, _) = try LoadedText.load(text)
    #expect(table.schema.columns[0].type.name == expected)
  }

  @Test func `a column that comes late is null before`() throws {
    let (table, _) = try LoadedText.load("{\"a\":1}\n{\"b\":2.5}\n{\"a\":3,\"b\":4}")
    #expect(LoadedText.rows(table, ["a", "b"]) == ["1|∅", "∅|2.5", "3|4.0"])
  }

  @Test func `texts that repeat are dictionary-encoded, others are not`() throws {
    let lines = (0..<20_000).map { "{\"few\":\"v\($0 % 50)\",\"many\":\"v\($0)\"}\n" }
    let (table, _) = try LoadedText.load(lines.joined())
    let columns = try #require(table.chunks.first?.columns)
    #expect(columns[0].dictionaryRows?.dictionary.values.count == 50)
    #expect(columns[1].dictionaryRows == nil)
    let rows = LoadedText.rows(table)
    #expect(rows[0] == "v0|v0" && rows[19_999] == "v49|v19999" && rows[4_097] == "v47|v4097")
  }
}

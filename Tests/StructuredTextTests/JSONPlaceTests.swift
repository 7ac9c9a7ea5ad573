import StructuredText
import Testing

/// Where values of JSON stand.
struct JSONPlaceTests {
  @Test("places count letters of their line, also behind others of it") func places() throws {
    let text = """
      {"ä": "öü", "b": [1, {"ß": 2}],
       "c": 3, "d": {"e":
      4}}
      """
    let root = try TextDocument(Array(text.utf8), format: .json).root
    func place(_ node: DocumentNode?) -> String {
      node.map { "\($0.place.line):\($0.place.column)" } ?? "none"
    }
    #expect(place(root) == "1:1")
    #expect(place(root["ä"]) == "1:7")
    #expect(place(root["b"]) == "1:18")
    #expect(place(root["b"]?.items?[1]["ß"]) == "1:28")
    #expect(place(root["c"]) == "2:7")
    #expect(place(root["d"]?["e"]) == "3:1")
    #expect(
      root.members.map { "\($0.keyPlace.line):\($0.keyPlace.column)" } == [
        "1:2", "1:13", "2:2", "2:10",
      ]
    )
  }

  @Test("a mistake is told with its place") func mistake() {
    #expect {
      try TextDocument(Array("{\"ä\": [1,\n  \"ö\", x]}".utf8), format: .json)
    } throws: { ($0 as? DocumentFailure)?.place == DocumentPlace(line: 2, column: 8) }
  }
}

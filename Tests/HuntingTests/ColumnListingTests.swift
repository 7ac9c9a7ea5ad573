import Columnar
import HarrierTesting
import TableStore
import Testing

@testable import Hunting

/// What a store tells of its columns.
struct ColumnListingTests {
  @Test("columns are counted over all segments, also those that lack them")
  func columns() throws {
    let store = try StoreFixture()
    let spec = "Mine(s:string, n:long, t:datetime, y:dynamic)"
    let first = (0..<3000).map { #"{"s":"v\#($0)","n":\#($0 % 7),"t":"2026-01-0\#($0 % 3 + 1)"}"# }
    try store.ingest(first.joined(separator: "\n"), table: spec)
    let second = (2000..<5000).map { #"{"s":"v\#($0)","n":null,"added":true,"y":[\#($0 % 5)]}"# }
    try store.ingest(second.joined(separator: "\n"), table: "Mine")
    let listing = try ColumnListing.columns(try store.open(.readOnly).snapshot())
    var rows: [[String]] = []
    try listing.forEachRow { rows.append($0.map(Cells.cell)) }
    let byName = Dictionary(uniqueKeysWithValues: rows.map { ($0[2], Array($0.dropFirst(3))) })
    let texts = try #require(byName["s"])
    #expect(texts[0] == "string" && texts[1] == "0" && texts[3] == "\"\"")
    let distinct = try #require(Int(texts[2]))
    #expect(abs(distinct - 5000) < 500)
    #expect(byName["n"] == ["long", "3000", "7", "0", "6"])
    #expect(
      byName["t"]
        == [
          "datetime", "3000", "3", "2026-01-01T00:00:00.0000000Z", "2026-01-03T00:00:00.0000000Z",
        ]
    )
    #expect(byName["added"]?.prefix(3) == ["string", "0", "1"])
    #expect(byName["y"]?.prefix(2) == ["dynamic", "3000"])
  }
}

import KQLSyntax
import SourceText
import Columnar
import QueryPlan
import Testing

/// What the binder says is wrong, where, and how to mend it.
struct DiagnosticTests {
  /// A query and the codes of its errors with their places.
  struct Sample: CustomTestStringConvertible {
    let query: String
    let codes: [String]

    init(_ query: String, _ codes: String...) { (self.query, self.codes) = (query, codes) }

    var testDescription: String { query }
  }

  @Test(arguments: [
    Sample("Logons | where foo == 1", "KS142@15"),
    Sample("Foo | where x == 1", "KS204@0"),
    Sample("print bar(1)", "KS211@6"),
    Sample("Logons | extend s = sum(Count)", "KS144@20"),
    Sample("Logons | summarize Count + sum(Count)", "KS236@19"),
    Sample("Logons | project a = 1, a = 2", "KS171@24"),
    Sample("let a = 1; let a = 2; print a", "KS201@15"),
    Sample("print 'a' + 'b'", "KS106@10"),
    Sample("Logons | where Count has 'x'", "KS106@21"),
    Sample("Logons | where Timestamp > '2024'", "KS106@25"),
    Sample("Logons | where DeviceName", "KS141@15"),
    Sample("print strlen('a', 'b')", "KS119@6"),
    Sample("print iff('x', 1, 2)", "KS107@10"),
    Sample("Logons | take 'x'", "KS134@14"),
    Sample("Logons | sort by Details", "KS116@17"),
    Sample("Logons | summarize count() by Details", "KS116@30"),
    Sample("Logons | join Devices on Count", "KS142@25"),
    Sample("Logons | join Devices on $left.Count == $right.DeviceName", "KS242@25"),
    Sample(
      "Logons | join Devices on $right.DeviceName == $left.DeviceName",
      "KS183@25",
      "KS183@46"
    ),
    Sample(
      "Logons | join kind=inner (Devices | project DeviceName = Ports) on DeviceName",
      "KS227@67"
    ),
    Sample("datatable(a: long, b: long)[1]", "KS173@28"),
    Sample("Logons | mv-expand Count", "KS141@19"),
    Sample("Logons | extend row_number()", "HR210@16"),
    Sample("Logons | where Details.a == 1 and Details.b + Details.c > 1", "HR212@44"),
    Sample("Logons | evaluate nothing()", "KS124@18"),
    Sample("Logons | invoke f()", "KS211@16"),
    Sample("union Nothing*", "KS142@6"),
    Sample("let f = (T: (x: long)) { T }; f(Devices)", "KS249@32"),
    Sample("print x = Devices", "KS108@10"),
    Sample("Logons | range x from 1 to 2 step 1", "KS175@9"),
    Sample("_GetWatchlist('none')", "HR215@14"),
  ])
  func codes(sample: Sample) {
    #expect(Bound(sample.query).codes == sample.codes)
  }

  @Test("one mistake is reported once") func noFollowUps() {
    let text = "Logons | extend a = foo + 1 | where a > 1 | project a.b, c = tolower(a)"
    #expect(Bound(text).codes == ["KS142@20"])
    #expect(
      Bound("Foo | where a == 1 | summarize b = max(c) by d | where b > 1").codes == ["KS204@0"]
    )
  }

  @Test("missing tables of a fuzzy union are left out") func fuzzyUnion() {
    let text = "union isfuzzy=true (Foo | where x == 1), Devices | project DeviceName"
    #expect(Bound(text).codes == [])
  }

  @Test(
    "suggested names mend the query",
    arguments: [
      "Logons | where DeviceNme == 'x'", "Logns | count", "Logons | extend a = tolowr(DeviceName)",
      "let Interval = 1; print Intervall", "Logons | join Devices on DeviceNam",
      "Logons | project-away Timestmp",
    ]
  )
  func fixIts(text: String) throws {
    let fix = try #require(Bound(text).errors.first?.fixIts.first)
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(fix.span.start..<fix.span.end, with: fix.replacement.utf8)
    #expect(Bound(String(decoding: bytes, as: UTF8.self)).codes == [])
  }
}

import Findings
import Foundation
import FoundationXML
import SourceText
import Testing

/// Reads JUnit reports back with a parser of XML.
struct JUnitTests {
  private func document(_ report: JUnitReport) throws -> XMLElement {
    try #require(try XMLDocument(data: Data(report.bytes())).rootElement())
  }

  private func texts(_ element: XMLElement, _ path: String) throws -> [String] {
    try element.nodes(forXPath: path).compactMap(\.stringValue)
  }

  @Test func `cases with names stand in a suite of their file`() throws {
    let root = try document(
      JUnitReport(
        "harrier rules test",
        [
          .init("./r/a.tests.yaml", .passed, name: "one <a/b>"),
          .init("b.kql", .passed),
          .init("r/a.tests.yaml", .failed(type: "t", message: "m", text: "x"), name: "two"),
        ]
      )
    )
    #expect(try texts(root, "testsuite/@name") == ["r/a.tests.yaml", "."])
    #expect(try texts(root, "testsuite[1]/testcase/@name") == ["one <a/b>", "two"])
    #expect(try texts(root, "//testcase/@file") == ["r/a.tests.yaml", "r/a.tests.yaml", "b.kql"])
  }

  @Test func `folders are suites, files are cases`() throws {
    let root = try document(
      JUnitReport(
        "harrier run",
        [
          .init("./q/a.kql", .passed, nanoseconds: 1_500_000_000),
          .init("b.kql", .skipped(reason: "later"), nanoseconds: 0),
          .init(
            "q/c.kql",
            .failed(type: "t", message: "m", text: "x\ny"),
            nanoseconds: 250_000_000
          ),
          .init("/d.kql", .passed, notes: ["one", "two"]),
        ],
        nanoseconds: 2_000_000_000
      )
    )
    #expect(try texts(root, "@tests | @failures | @errors | @skipped") == ["4", "1", "0", "1"])
    #expect(try texts(root, "@time") == ["2.000"])
    #expect(try texts(root, "testsuite/@name") == ["q", ".", "/"])
    #expect(try texts(root, "testsuite/@time") == ["1.750", "0.000"])
    #expect(try texts(root, "testsuite[1]/testcase/@name") == ["a.kql", "c.kql"])
    #expect(try texts(root, "testsuite[1]/testcase/@file") == ["q/a.kql", "q/c.kql"])
    #expect(try texts(root, "//failure/@type | //failure/@message") == ["t", "m"])
    #expect(try texts(root, "//failure") == ["x\ny"])
    #expect(try texts(root, "//skipped/@message") == ["later"])
    #expect(try texts(root, "//system-out") == ["one\ntwo"])
  }

  @Test func `control bytes are replaced, all else comes back`() throws {
    let hostile = SampleFindings.hostile
    let legal = hostile.replacing("\u{1B}", with: "\u{FFFD}").replacing("\u{0}", with: "\u{FFFD}")
      .replacing("\u{FFFE}", with: "\u{FFFD}")
    let report = JUnitReport(
      hostile,
      [
        .init(hostile, .failed(type: hostile, message: hostile, text: hostile), notes: [hostile]),
        .init("q/\(hostile)", .skipped(reason: hostile)),
      ]
    )
    let root = try document(report)
    #expect(try texts(root, "@name") == [legal])
    #expect(try texts(root, "//@file") == [legal, "q/" + legal])
    #expect(try texts(root, "//failure/@message | //skipped/@message") == [legal, legal])
    #expect(try texts(root, "//failure | //system-out") == [legal, legal])
    let scalars = String(decoding: report.bytes(), as: UTF8.self).unicodeScalars
    #expect(
      scalars.allSatisfy { $0.value >= 0x20 && $0.value < 0xFFFE || $0 == "\n" || $0 > "\u{FFFF}" }
    )
  }

  @Test func `long texts are cut`() throws {
    let long = String(repeating: "<", count: 100_000)
    let report = JUnitReport("r", [.init("a", .failed(type: "t", message: "m", text: long))])
    #expect(try texts(try document(report), "//failure").map(\.count) == [16_384])
  }

  @Test func `findings fail a file, hints are notes`() throws {
    let hint = SampleFindings.bare("HL021", .hint)
    let files = [
      CheckedFile("q/a.kql", [hint, SampleFindings.full("wrong")]),
      CheckedFile("q/b.kql", [hint]), CheckedFile("q/c.kql", []),
    ]
    let root = try document(JUnitReport("harrier lint", files.map { .init($0) }))
    #expect(try texts(root, "@tests | @failures") == ["3", "1"])
    #expect(try texts(root, "//@time") == [])
    #expect(try texts(root, "//failure") == ["q/a.kql:2:14: warning HL009: wrong; wrong"])
    #expect(try texts(root, "//failure/@type | //failure/@message") == ["HL009", "wrong"])
    #expect(try texts(root, "//system-out") == ["a: hint HL021: m", "a: hint HL021: m"])
  }
}

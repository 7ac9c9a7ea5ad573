import FileAccess
import Findings
import Testing

@testable import Hunting

/// Holds outcomes of query files against what they expect.
struct ExpectationTests {
  private func problems(_ header: String, _ query: String = "range x from 1 to 3 step 1") throws
    -> [String]
  {
    try BatchFolder.problems("// harrier: \(header)\n\(query)")
  }

  @Test func `rows are counted`() throws {
    for good in ["== 3", "!= 2", "< 4", "<= 3", "> 2", ">= 3", ">=3"] {
      #expect(try problems("expect rows \(good)") == [])
    }
    for bad in ["== 2", "!= 3", "< 3", "<= 2", "> 3", ">= 4"] {
      #expect(try problems("expect rows \(bad)") == ["expected rows \(bad), found 3"])
    }
  }

  @Test func `the last result counts, unless another is named`() throws {
    let two = "print 1; range x from 1 to 2 step 1"
    #expect(try problems("expect rows == 2", two) == [])
    #expect(try problems("expect result 1 rows == 1", two) == [])
    #expect(
      try problems("expect result 3 rows == 1", two)
        == ["expected result 3 rows == 1, found 2 results"]
    )
  }

  @Test func `a file without expectations passes where it runs`() throws {
    #expect(try BatchFolder.problems("print 1") == [])
    #expect(try BatchFolder.problems("print nope").count == 1)
    #expect(try BatchFolder.problems("// nothing\n").count == 1)
  }

  @Test func `errors are expected by code and place`() throws {
    let wrong = "print\n  nope"
    #expect(try problems("expect error", wrong) == [])
    #expect(try problems("expect error KS142", wrong) == [])
    #expect(try problems("expect error KS142 at 3:3", wrong) == [])
    #expect(
      try problems("expect error KS142 at 2:3", wrong)
        == ["expected the error KS142 at 2:3, found it at 3:3"]
    )
    #expect(
      try problems("expect error KS204", wrong).contains("expected the error KS204, found KS142")
    )
    #expect(try problems("expect error KS142") == ["expected the error KS142, found none"])
    #expect(try problems("expect error HR907", "DeviceEvents") == [])
    #expect(try problems("expect rows == 0", wrong).contains("expected rows == 0, found an error"))
  }

  @Test func `an error that was foreseen is no finding`() throws {
    let text = "// harrier: expect error KS142\nprint nope"
    let outcome = try BatchFolder(["q.kql": text]).outcome("q.kql")
    #expect(outcome.status == .passed)
    #expect(outcome.findings == [])
  }

  @Test func `data that is missing or bad fails the file by name`() throws {
    let folder = BatchFolder([
      "a.kql": "// harrier: load T from none.csv\nT",
      "b.kql": "// harrier: tenant x\nprint 1",
      "c.kql": "// harrier: load T(a:long) from bad.csv\n// harrier: expect rows == 2\nT",
      "d.kql": "// harrier: load DeviceEvents from bad.csv\nDeviceInfo",
      "e.kql": "// harrier: allow-missing-tables\n// harrier: expect rows == 0\nDeviceInfo",
      "bad.csv": "a\n1\nx\n",
    ])
    let outcomes = try folder.run("a.kql", "b.kql", "c.kql", "d.kql", "e.kql").outcomes
    #expect(outcomes.map(\.status) == [.failed, .failed, .passed, .failed, .passed])
    #expect(outcomes[0].problems.first?.code == "HR921")
    #expect(outcomes[0].problems.first?.message.contains("none.csv") == true)
    #expect(outcomes[1].problems.first?.message == "there is no store")
    #expect(outcomes[2].notes.first?.contains("1 cell is not long") == true)
    #expect(outcomes[3].problems.first?.code == "HR907")
  }

  @Test func `the time of a query is fixed`() throws {
    let query = "print x = ago(1d) | where x == datetime(2025-12-31T00:00:00Z)"
    #expect(try problems("now 2026-01-01T00:00Z\n// harrier: expect rows == 1", query) == [])
  }

  @Test func `a limit is told apart`() throws {
    let slow = "range x from 1 to 3000000 step 1 | summarize dcount(tostring(x)) by x"
    let text = "// harrier: timeout 1ms\n\(slow)"
    var folder = BatchFolder(["q.kql": text])
    folder.engine = HuntingEngine(clock: SteppingClock())
    let summary = try folder.run("q.kql")
    #expect(summary.failedAtLimitsOnly)
    #expect(summary.outcomes.first?.problems.first?.code == "HR903")
    #expect(summary.outcomes.first?.findings.map(\.code) == ["HR903"])
    #expect(summary.outcomes.first?.findings.first?.region == nil)
  }

  @Test func `fixtures are loaded once and files of one table add up`() throws {
    let folder = BatchFolder([
      "q/fixtures.harrier": "load T from t.csv\nload T from u.csv",
      "q/t.csv": "a\n1\n",
      "q/u.csv": "a\n2\n",
      "q/a.kql": "// harrier: expect rows == 2\nT",
      "q/b.csl": "// harrier: expect rows == 2\nT | where a in (1, 2)",
      "q/.hidden/c.kql": "nope",
      "q/readme.md": "nope",
    ])
    let summary = try folder.run("q")
    #expect(summary.outcomes.map(\.path) == ["q/a.kql", "q/b.csl"])
    #expect(summary.count(.passed) == 2)
  }

  @Test func `files run side by side and are told of in order`() throws {
    var texts: [String: String] = [:]
    for number in 100..<180 {
      texts["q/f\(number).kql"] =
        "// harrier: expect rows == 1\nrange x from 1 to \(number * 500) step 1 | count"
    }
    var folder = BatchFolder(texts)
    folder.options.jobs = 4
    let summary = try folder.run("q")
    #expect(summary.outcomes.map(\.path) == texts.keys.sorted())
    #expect(summary.count(.passed) == 80)
  }

  @Test func `a folder without queries is told`() {
    let files = SimulatedFileSystem(texts: ["q/readme.md": ""])
    #expect(throws: FileSearch.NothingFound.self) {
      try QueryFile.search(["q"], in: files).allFiles()
    }
    #expect(throws: FileFailure.self) { try QueryFile.search(["none"], in: files).allFiles() }
  }

  /// A clock that goes on by a second at each look.
  private final class SteppingClock: Clock {
    private let inner = SimulatedClock(wallTicks: 639_000_000_000_000_000)

    var wallTicks: Int64 { inner.wallTicks }

    var monotonicNanoseconds: UInt64 {
      inner.advance(nanoseconds: 1_000_000_000)
      return inner.monotonicNanoseconds
    }
  }
}

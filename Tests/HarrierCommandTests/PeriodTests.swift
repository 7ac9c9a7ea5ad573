import ArgumentParser
import AttackGeneration
import Columnar
import FileAccess
import HarrierTesting
import StructuredText
import Testing

@testable import HarrierCommand

/// Options of reports and histories, the version, and what the demo leaves behind.
struct PeriodTests {
  @Test("periods are dates or times in UTC, and end after they begin") func period() throws {
    let period = try PeriodOptions.parse(["--from", "2026-03-01", "--to", "2026-03-01T08:00:00Z"])
    let hours = try #require(period.start.flatMap { start in period.end?.since(start) })
    #expect(hours.ticks == 8 * TimeSpan.ticksPerHour && period.isGiven)
    for wrong in [["--from", "x"], ["--from", "2026-03-02", "--to", "2026-03-02"]] {
      #expect(throws: (any Error).self) { try PeriodOptions.parse(wrong) }
    }
  }

  @Test("a report of a period refuses what contradicts itself") func report() throws {
    let words = ["incidents", "report", "--store", "s"]
    _ = try Harrier.parseAsRoot(words + ["--from", "2026-03-01", "--json"])
    _ = try Harrier.parseAsRoot(words + ["--days", "7", "--to", "2026-03-01"])
    for wrong in [
      ["--days", "7", "--from", "2026-03-01"], ["t/1", "--days", "7"],
      ["t/1", "--to", "2026-03-01"], ["--json", "--html"], ["--days", "0"],
    ] {
      #expect(throws: (any Error).self, "\(wrong)") { try Harrier.parseAsRoot(words + wrong) }
    }
  }

  @Test("filters of a history go with the history only") func history() throws {
    for command in [["incidents", "show", "t/1"], ["alerts", "show", "a"]] {
      let words = command + ["--store", "s"]
      _ = try Harrier.parseAsRoot(words + ["--part", "history", "--actor", "system"])
      #expect(throws: (any Error).self) {
        try Harrier.parseAsRoot(words + ["--action", "comment"])
      }
    }
  }

  @Test("--version says which Harrier this is") func version() throws {
    #expect(Harrier.configuration.version == HarrierVersion.text)
    let parts = HarrierVersion.text.split(separator: ".")
    #expect(parts.count == 3 && parts.allSatisfy { Int($0) != nil })
  }

  @Test("N34: the demo writes which alerts belong to its attack") func truth() throws {
    let folder = try TemporaryFolder()
    let world = DemoWorld(seed: 1, now: 639_036_432_000_000_000)
    let files = LocalFileSystem()
    let tables = try world.write(to: folder.path, files)
    // It is no table, which would be ingested.
    #expect(!tables.isEmpty && !tables.contains("ground-truth"))
    let bytes = try files.readAll(
      folder.path + "/" + DemoWorld.truthFile,
      limitBytes: 1 << 24
    )
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let truth = try lines.map { try TextDocument(Array($0), format: .json).root }
    #expect(truth.count == world.truth.count && world.truth.contains { $0.attackId == nil })
    let attack = truth.filter { $0["attackId"] != nil }
    #expect(attack.count > 1 && Set(attack.map { $0["attackId"]?.text }).count == 1)
  }
}

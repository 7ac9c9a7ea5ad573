import Columnar
import Execution
import FileAccess
import Hunting
import SourceText
import Testing

/// Reads zones through the door to files.
struct TimeZoneTests {
  private static let folder = "/usr/share/zoneinfo"

  /// An empty block of version 1, one of version 2, and a footer.
  private static func zoneFile(_ footer: String) -> [UInt8] {
    var block = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
    for count: UInt8 in [0, 0, 0, 0, 1, 4] { block += [0, 0, 0, count] }
    block += [0, 0, 0, 0, 0, 0] + Array("ABC\0".utf8)
    return block + block + Array("\n\(footer)\n".utf8)
  }

  private static func answer(_ query: String, _ files: SimulatedFileSystem) throws -> Scalar {
    let engine = HuntingEngine(files: files, options: ExecutionOptions(threads: 1))
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    let answer = try engine.run(SourceText(query), budget: budget)
    let batch = try #require(try answer.tables.last?.result.batches.first)
    return batch.columns[0].scalar(at: 0)
  }

  private static func files(_ zones: [String: [UInt8]]) -> SimulatedFileSystem {
    SimulatedFileSystem(
      Dictionary(uniqueKeysWithValues: zones.map { ("\(folder)/\($0.key)", $0.value) }),
      longestRead: 3
    )
  }

  @Test func `zones are found in folders`() throws {
    let files = Self.files(["Moon/Mare/Crater": Self.zoneFile("MMT-5")])
    let query = "print datetime_utc_to_local(datetime(2024-01-01), 'Moon/Mare/Crater')"
    let found = try Self.answer(query, files)
    #expect(found == .datetime(DateTime(ticks: 638_396_640_000_000_000 + 5 * 36_000_000_000)))
  }

  @Test func `places alone are listed`() throws {
    let zone = Self.zoneFile("UTC0")
    let files = Self.files([
      "UTC": zone, "America/Argentina/Salta": zone, "posix/UTC": zone, "right/UTC": zone,
      "localtime": zone, "posixrules": zone, "Factory": zone, "zone.tab": zone,
      "leapseconds": Array("# text".utf8), "short": [0x54],
    ])
    let found = try Self.answer("print strcat_array(datetime_list_timezones(), ' ')", files)
    #expect(found == .string("America/Argentina/Salta UTC"))
  }

  @Test(arguments: [
    "Nowhere", "Moon", "Moon/Crater/Rim", "/UTC", "UTC/", "Moon//Crater", "../zoneinfo/UTC",
    "posix/UTC", "localtime", "", "Mo\u{F6}n", "not-a-zone",
  ])
  func `other names are no zones`(name: String) throws {
    let zone = Self.zoneFile("UTC0")
    let files = Self.files([
      "UTC": zone, "Moon/Crater": zone, "posix/UTC": zone, "localtime": zone,
      "not-a-zone": Array("text".utf8),
    ])
    let failure = #expect(throws: QueryFailure.self) {
      try Self.answer("print datetime_utc_to_local(datetime(2024-01-01), '\(name)')", files)
    }
    #expect(failure?.kind == .evaluation)
    #expect(failure?.message.contains("is no time zone") == true)
  }

  @Test(arguments: [
    "datetime_list_timezones()", "datetime_utc_to_local(datetime(2024-01-01), 'UTC')",
  ])
  func `without zone files the functions are refused`(call: String) {
    let failure = #expect(throws: QueryFailure.self) {
      try Self.answer("print \(call)", SimulatedFileSystem())
    }
    #expect(failure?.kind == .unsupported)
    #expect(failure?.message.contains("tzdata") == true)
  }

  @Test func `damaged and unreadable zones end the query`() {
    let files = Self.files(["Broken": Array(Self.zoneFile("UTC0").dropLast(3)), "Locked": []])
    files.failOpening("\(Self.folder)/Locked", .permissionDenied)
    for name in ["Broken", "Locked"] {
      let failure = #expect(throws: QueryFailure.self) {
        try Self.answer("print datetime_utc_to_local(datetime(2024-01-01), '\(name)')", files)
      }
      #expect(failure?.kind == .input)
    }
  }
}

import Columnar
import Testing

/// ISO 8601 durations as rule files and options write them.
@Suite("Durations") struct DurationParsingTests {
  /// Texts and how many seconds they are.
  private static let readable: [(String, Int64)] = [
    ("PT5M", 300), ("P14D", 1_209_600), ("PT1H", 3600), ("P1DT12H30M", 131_400),
    ("P2W", 1_209_600), ("PT0S", 0), ("PT90S", 90),
  ]

  @Test("Days and less are read", arguments: readable)
  func read(_ text: String, _ seconds: Int64) {
    let expected = seconds * TimeSpan.ticksPerSecond
    #expect(TimeSpan(duration: Array(text.utf8))?.ticks == expected)
  }

  @Test(
    "Whatever has no certain length is not",
    arguments: [
      "", "P", "PT", "P1DT", "1D", "P1Y", "P1M", "PT1D", "P1H", "PT1M1H", "P1D1D", "P-1D", "PT1.5H",
      "P1W1D", "p1d", "PT99999999999999999999S", "P99999999999999D", "PT1H ", "P1DTT1H",
    ]
  )
  func refused(_ text: String) {
    #expect(TimeSpan(duration: Array(text.utf8)) == nil)
  }
}

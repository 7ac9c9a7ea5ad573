import Columnar
import KQLFunctions
import Testing

struct TimeZoneRulesTests {
  /// Half an hour ahead, from 2000 an hour ahead, with summer time from then on.
  private static let zone = ZoneFileBytes(
    changes: [(at: 946_684_800, offset: 3600)],
    firstOffset: 1800,
    footer: "CET-1CEST,M3.5.0,M10.5.0/3"
  )

  private static func local(_ zone: ZoneFileBytes, _ instant: String) throws -> String {
    let rules = try #require(TimeZoneRules(zoneFile: zone.bytes))
    return text(rules.local(of: try time(instant)))
  }

  private static func instant(_ zone: ZoneFileBytes, _ local: String) throws -> String {
    let rules = try #require(TimeZoneRules(zoneFile: zone.bytes))
    return text(rules.instant(ofLocal: try time(local)))
  }

  private static func time(_ text: String) throws -> DateTime {
    try #require(DateTime(parsing: Array(text.utf8)))
  }

  private static func text(_ time: DateTime?) -> String {
    guard let time else { return "null" }
    var sink = ByteSink(capacity: 64)
    sink.append(datetime: time)
    return String(sink.text().prefix(16))
  }

  @Test(arguments: [
    ("1970-01-01 12:00", "1970-01-01T12:30"), ("1999-12-31 23:59", "2000-01-01T00:29"),
    ("2000-01-01 00:00", "2000-01-01T01:00"), ("2024-03-31 00:59", "2024-03-31T01:59"),
    ("2024-03-31 01:00", "2024-03-31T03:00"), ("2024-10-27 00:59", "2024-10-27T02:59"),
    ("2024-10-27 01:00", "2024-10-27T02:00"), ("9998-07-01 00:00", "9998-07-01T02:00"),
    ("9999-12-31 23:30", "null"), ("0001-01-01 00:00", "0001-01-01T00:30"),
  ])
  func `instants become local times`(instant: String, local: String) throws {
    #expect(try Self.local(Self.zone, instant) == local)
  }

  @Test(arguments: [
    ("1970-01-01 12:30", "1970-01-01T12:00"), ("2000-01-01 00:29", "1999-12-31T23:59"),
    // Between half an hour and an hour past midnight no clock stood.
    ("2000-01-01 00:45", "2000-01-01T00:15"), ("2000-01-01 01:00", "2000-01-01T00:00"),
    ("2024-03-31 02:30", "2024-03-31T01:30"), ("2024-03-31 03:30", "2024-03-31T01:30"),
    // Two o'clock comes twice: the first is meant.
    ("2024-10-27 02:00", "2024-10-27T00:00"), ("2024-10-27 02:59", "2024-10-27T00:59"),
    ("2024-10-27 03:00", "2024-10-27T02:00"), ("0001-01-01 00:10", "null"),
    ("9999-12-31 23:59", "9999-12-31T22:59"),
  ])
  func `local times become instants`(local: String, instant: String) throws {
    #expect(try Self.instant(Self.zone, local) == instant)
  }

  @Test(arguments: [
    // No rules at all, a name between brackets, minutes.
    ("UTC0", "2024-07-01 12:00", "2024-07-01T12:00"),
    ("<-0330>3:30", "2024-07-01 12:00", "2024-07-01T08:30"),
    // South of the equator summer spans the new year.
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-01-01 00:00", "2024-01-01T11:00"),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-07-01 00:00", "2024-07-01T10:00"),
    // Days of the year with and without the leap day, hours before midnight.
    ("XXX0YYY,J60/0,J300/0", "2024-03-01 00:00", "2024-03-01T01:00"),
    ("XXX0YYY,J60/0,J300/0", "2024-02-29 23:59", "2024-02-29T23:59"),
    ("XXX0YYY,59/0,300/0", "2024-02-29 00:00", "2024-02-29T01:00"),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31 00:59", "2024-03-30T22:59"),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31 01:00", "2024-03-31T00:00"),
    // Summer that never ends.
    ("XXX3EDT4,0/0,J365/23", "2023-12-31 23:30", "2023-12-31T19:30"),
    ("XXX3EDT4,0/0,J365/23", "2024-01-01 03:00", "2023-12-31T23:00"),
  ])
  func `footers hold for all years`(footer: String, instant: String, local: String) throws {
    #expect(try Self.local(ZoneFileBytes(footer: footer), instant) == local)
  }

  @Test func `a file of version 1 keeps its last distance`() throws {
    let zone = ZoneFileBytes(changes: [(at: 0, offset: -7200)], footer: nil)
    #expect(try Self.local(zone, "1969-12-31 23:59") == "1969-12-31T23:59")
    #expect(try Self.local(zone, "2024-07-01 12:00") == "2024-07-01T10:00")
  }

  @Test(arguments: [
    ZoneFileBytes(footer: "nonsense"), ZoneFileBytes(footer: "CET-1CEST"),
    ZoneFileBytes(footer: "CET-1CEST,M3.5.0"), ZoneFileBytes(footer: "CET-1CEST,M13.5.0,M10.5.0"),
    ZoneFileBytes(footer: "CET-1CEST,M3.5.0,M10.5.0/168"), ZoneFileBytes(leapCount: 1),
    ZoneFileBytes(changes: [(at: 5, offset: 0), (at: 5, offset: 60)]),
    ZoneFileBytes(changes: [(at: .max, offset: 0)]), ZoneFileBytes(firstOffset: 200_000),
  ])
  func `what makes no sense is refused`(zone: ZoneFileBytes) {
    #expect(TimeZoneRules(zoneFile: zone.bytes) == nil)
  }

  @Test func `damaged files neither trap nor hang`() throws {
    let whole = Self.zone.bytes
    for end in whole.indices {
      #expect(TimeZoneRules(zoneFile: Array(whole[..<end])) == nil, "cut at \(end)")
    }
    let times = try ["0001-01-01 00:00", "2024-10-27 02:30", "9999-12-31 23:59"].map(Self.time)
    for index in whole.indices {
      for byte: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
        var damaged = whole
        damaged[index] = byte
        guard let rules = TimeZoneRules(zoneFile: damaged) else { continue }
        for time in times {
          _ = rules.local(of: time)
          _ = rules.instant(ofLocal: time)
        }
      }
    }
  }
}

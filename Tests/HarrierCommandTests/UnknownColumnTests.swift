import Testing

@testable import HarrierCommand

/// Files of which a table has no column.
struct UnknownColumnTests {
  private let store: CommandStore

  init() throws { store = try CommandStore() }

  private func notes(_ name: String, _ text: String, into table: String) throws -> String {
    let path = try store.file(name, text)
    let answer = try store.run("ingest --store STORE --table \(table) \(path)")
    #expect(answer.code == 0, "\(answer.notes)")
    #expect(answer.notes.contains("1 rows accepted, 0 dead letters"))
    return answer.notes
  }

  @Test(
    "are told with their columns and the nearest of the table, and taken",
    arguments: [true, false]
  )
  func told(isCSV: Bool) throws {
    let text =
      isCSV
      ? "device_name,colour,c,d,e,f,g\npc1,red,1,2,3,4,5\n"
      : #"{"device_name":"pc1","colour":"red","c":1,"d":2,"e":3,"f":4,"g":5}"# + "\n"
    let notes = try notes(isCSV ? "x.csv" : "x.ndjson", text, into: "DeviceInfo")
    #expect(notes.contains("no column of "))
    #expect(
      notes.contains("it has 'device_name' (DeviceName?), 'colour', 'c', 'd', 'e' and 2 more")
    )
    #expect(notes.contains(", the table 'DeviceId', "))
  }

  @Test("the time says nothing of the table") func time() throws {
    let csv = try notes("x.csv", "TimeGenerated,Facility\n2026-01-01,cron\n", into: "DeviceInfo")
    #expect(csv.contains("its time aside, is one that the table has; it has 'Facility', the"))
    let alone = try notes("z.csv", "Timestamp\n2026-01-01\n", into: "DeviceInfo")
    #expect(!alone.contains("no column of "))
    let text = "TimeGenerated,a\n2026-01-01,1\n"
    let own = try notes("y.csv", text, into: "T(TimeGenerated:datetime)")
    #expect(!own.contains("no column of "))
  }

  @Test("a file with one column of the table, in whatever letters, is taken without a word")
  func known() throws {
    let csv = try notes("x.csv", "devicename,colour\npc1,red\n", into: "DeviceInfo")
    #expect(!csv.contains("no column of "))
    let own = try notes("y.csv", "a,b\n1,2\n", into: "T(a:long,b:long)")
    #expect(!own.contains("no column of "))
    let other = try notes("z.csv", "aa,bb,cc\n1,2,3\n", into: "T")
    #expect(other.contains("it has 'aa' (a?), 'bb' (b?), 'cc', the table 'a', 'b'; its rows"))
  }
}

import Columnar
import Hunting
import Testing

/// Holds CSV and TSV files to the rows that they must give.
struct DelimitedLoadingTests {
  @Test(arguments: [1, 3, 1 << 20])
  func `quotes, line ends and marks, however short the reads are`(longestRead: Int) throws {
    let text =
      "\u{FEFF}a,b,c\r\n1,\"x, \"\"y\"\"\",z\r\n2,\"two\r\nlines\",\r\n\r\n3,\"\",\"end\""
    let (table, report) = try LoadedText.load(text, path: "f.csv", longestRead: longestRead)
    #expect(LoadedText.schema(table) == "a:long b:string c:string")
    #expect(LoadedText.rows(table) == ["1|x, \"y\"|z", "2|two\r\nlines|", "3||end"])
    #expect(report.messages.isEmpty)
  }

  @Test func `tabs and semicolons are told by name or first line`() throws {
    for (text, path) in [
      ("a\tb\n1\tx,y", "f.tsv"), ("a\tb\n1\tx,y", "f"), ("a;b\n1;\"x,y\"", "f.csv"),
    ] {
      let (table, _) = try LoadedText.load(text, path: path)
      #expect(LoadedText.rows(table) == ["1|x,y"])
    }
  }

  @Test func `records with wrong field counts or quotes are reported`() throws {
    let text = "a,b\n1,2\n3\n4,5,6\n\"7\"x,8\n9,\"10"
    let (table, report) = try LoadedText.load(text, path: "f.csv")
    #expect(LoadedText.rows(table) == ["1|2"])
    #expect(report.badLines.map(\.line) == [3, 4, 5, 6])
    #expect(
      report.badLines.map(\.reason) == [
        "expected 2 fields, found 1", "expected 2 fields, found 3",
        "text follows the closing quote of field 1", "a quoted field has no closing quote",
      ]
    )
  }

  @Test func `a quote without an end costs one line, not the rest`() throws {
    let text = "a,b\n1,\"open\n2,x\n3,y\n"
    let (table, report) = try LoadedText.load(text, path: "f.csv")
    #expect(LoadedText.rows(table) == ["2|x", "3|y"])
    #expect(report.badLines.map(\.line) == [2])
  }

  @Test func `column names that are empty or come twice become distinct`() throws {
    let (table, _) = try LoadedText.load(",a,a, b \n1,2,3,4", path: "f.csv")
    #expect(LoadedText.schema(table) == "Column1:long a:long a1:long b:long")
  }

  @Test func `a known table takes its schema and what the file adds`() throws {
    let text =
      "timestamp,ProcessId,AdditionalFields,Mine\n"
      + "2026-01-02 03:04:05,x,\"{\"\"k\"\":[1]}\",7\n,12,plain text,8\n"
    let (table, report) = try LoadedText.load(
      text,
      table: "DeviceProcessEvents",
      path: "f.csv"
    )
    let names = ["Timestamp", "TimeGenerated", "ProcessId", "AdditionalFields", "Mine", "FileName"]
    let time = "2026-01-02T03:04:05.0000000Z"
    #expect(
      LoadedText.rows(table, names) == [
        "\(time)|\(time)|∅|{\"k\":[1]}|7|", "∅|∅|12|\"plain text\"|8|",
      ]
    )
    #expect(report.addedColumns == [ColumnSchema("Mine", .long)])
    #expect(
      report.cellProblems.map(\.description) == [
        "column 'ProcessId': 1 cell is not long and became null; first 'x' at f.csv:2"
      ]
    )
  }

  @Test func `exports of Log Analytics name their zone`() throws {
    let (table, _) = try LoadedText.load(
      "\"TimeGenerated [UTC]\",Computer\n2026-01-01T00:00:00Z,c1",
      table: "Syslog",
      path: "f.csv"
    )
    #expect(
      LoadedText.rows(table, ["TimeGenerated", "Computer"]) == [
        "2026-01-01T00:00:00.0000000Z|c1"
      ]
    )
  }

  @Test func `stated columns hold with and without a line of names`() throws {
    let columns = [ColumnSchema("n", .string), ColumnSchema("v", .decimal)]
    for text in ["007,1.10\n008,2", "n,v\n007,1.10\n008,2", "v,n\n1.10,007\n2,008"] {
      let (table, _) = try LoadedText.load(text, path: "f.csv", columns: columns)
      #expect(LoadedText.schema(table) == "n:string v:decimal")
      #expect(LoadedText.rows(table) == ["007|1.10", "008|2"])
    }
  }

  @Test func `UTF-16 as PowerShell writes it is read`() throws {
    let text = "a,b\r\n1,é😀\r\n"
    var little: [UInt8] = [0xFF, 0xFE]
    var big: [UInt8] = [0xFE, 0xFF]
    for unit in text.utf16 {
      let low = UInt8(truncatingIfNeeded: unit)
      let high = UInt8(truncatingIfNeeded: unit >> 8)
      little += [low, high]
      big += [high, low]
    }
    for bytes in [little, big] {
      for longestRead in [1, 100] {
        let (table, _) = try LoadedText.load(
          bytes: bytes,
          path: "f.csv",
          longestRead: longestRead
        )
        #expect(LoadedText.rows(table) == ["1|é😀"])
      }
    }
  }

  @Test func `a file without rows needs columns from elsewhere`() throws {
    for text in ["", "\n\n"] {
      #expect(throws: IngestionFailure.self) { try LoadedText.load(text, path: "f.csv") }
      #expect(throws: IngestionFailure.self) { try LoadedText.load(text, path: "f.json") }
      let (table, _) = try LoadedText.load(text, table: "Syslog", path: "f.csv")
      #expect(table.rowCount == 0 && !table.schema.columns.isEmpty)
    }
    let (table, _) = try LoadedText.load("a,b\n", path: "f.csv")
    #expect(LoadedText.schema(table) == "a:string b:string")
  }
}

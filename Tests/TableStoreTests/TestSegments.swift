import Columnar
import FileAccess
import TableStore

/// Makes segments whose bytes are their rows' numbers, so that a test can tell which rows are
/// where.
enum TestSegments {
  static let schema = Schema([ColumnSchema("Time", .datetime), ColumnSchema("Name", .string)])

  /// A segment of rows; its id follows from the first and `copy`, which tells twins apart.
  static func make(
    _ rows: ClosedRange<UInt8>,
    times: ClosedRange<Int64>? = nil,
    copy: Int = 0,
    schema: Schema = schema
  ) -> SegmentFile {
    make(Array(rows), times: times, copy: copy, schema: schema)
  }

  static func make(
    _ rows: [UInt8],
    times: ClosedRange<Int64>? = nil,
    copy: Int = 0,
    schema: Schema = schema
  ) -> SegmentFile {
    let digits = String(copy * 1000 + Int(rows.first ?? 0))
    var segment = SegmentFile(
      id: String(repeating: "0", count: 32 - digits.count) + digits,
      schema: schema,
      rowCount: rows.count,
      checksum: UInt64.max - UInt64(rows.first ?? 0),
      times: times
    )
    segment.chunks = rows.map { [$0, $0 ^ 0xFF] }
    return segment
  }

  /// The rows of a segment's bytes; nil where they are not what `make` writes.
  static func rows(_ map: MappedFile) -> [UInt8]? {
    if map.byteCount % 2 != 0 { return nil }
    let bytes = Array(map.bytes)
    var rows: [UInt8] = []
    for index in stride(from: 0, to: bytes.count, by: 2) {
      if bytes[index] ^ bytes[index + 1] != 0xFF { return nil }
      rows.append(bytes[index])
    }
    return rows
  }

  /// Says what is wrong with a segment, as `verify` asks it.
  static func check(_ map: MappedFile, _ entry: SegmentEntry) -> String? {
    guard let rows = rows(map), rows.count == entry.rowCount else { return "damaged" }
    return entry.checksum == UInt64.max - UInt64(rows.first ?? 0) ? nil : "another segment"
  }
}

/// All that a reader can see of a store, as values to compare.
struct VisibleStore: Equatable, CustomStringConvertible {
  /// Rows of a table, each with its sequence number and ingestion time.
  struct Row: Equatable, Hashable {
    let row: UInt8
    let sequence: Int64
    let ticks: Int64
  }

  var rows: [String: [Row]] = [:]
  var letters: [String: [DeadLetter]] = [:]

  init(_ store: TableStore, _ files: any DurableFileSystem) throws {
    for tenant in try store.snapshot().tenants {
      for table in tenant.tables {
        for entry in table.segments {
          let found = try TestSegments.rows(files.map(entry.path)) ?? []
          let numbers = entry.runs.flatMap { run in
            (0..<run.rowCount).map { (run.firstSequence + $0, run.ingestedTicks) }
          }
          if found.count != numbers.count { throw Damage() }
          rows["\(tenant.name).\(table.name)", default: []] += zip(found, numbers).map {
            Row(row: $0, sequence: $1.0, ticks: $1.1)
          }
        }
      }
    }
    for file in try store.deadLetterFiles() {
      let reader = try store.readDeadLetters(file)
      while let letter = try reader.next() {
        letters["\(file.tenant).\(file.table)", default: []].append(letter)
      }
    }
  }

  struct Damage: Error {}

  /// The rows without what depends on when they came.
  var rowNumbers: [String: [UInt8]] { rows.mapValues { $0.map(\.row) } }

  var description: String {
    let tables = rows.sorted { $0.key < $1.key }.map { key, rows in
      key + ": " + rows.map { "\($0.row)@\($0.sequence)/\($0.ticks)" }.joined(separator: " ")
    }
    return tables.joined(separator: "; ") + " letters \(letters.mapValues(\.count))"
  }
}

import Columnar
import Execution
import FileAccess
import Segments

/// Tables that the in-memory benchmark runs over: made by a fixed rule, so that a peer can be
/// given the very same rows.
struct BenchmarkData {
  let rows: Int
  static let deviceCount = 5_000
  static let commandCount = 50_000
  static let keyCount = 1_000_000
  static let start: Int64 = 638_396_640_000_000_000

  private let devices: VectorDictionary
  private let commands: VectorDictionary

  init(rows: Int) {
    self.rows = rows
    devices = Self.dictionary(Self.deviceCount, Self.deviceName)
    commands = Self.dictionary(Self.commandCount, Self.commandLine)
  }

  /// `Events`: device and command line as dictionaries, an ascending time, a key that lies close
  /// to others and one that is scattered.
  func events() -> ColumnTable {
    let schema = Schema([
      ColumnSchema("Timestamp", .datetime), ColumnSchema("DeviceName", .string),
      ColumnSchema("ProcessCommandLine", .string), ColumnSchema("Key", .long),
      ColumnSchema("Scattered", .long),
    ])
    let chunks = stride(from: 0, to: rows, by: ColumnTable.chunkRows).map { first in
      chunk(first, min(rows, first + ColumnTable.chunkRows) - first)
    }
    return ColumnTable(schema: schema, chunks: chunks)
  }

  /// `Keys`: one row for each of a million keys.
  func keys() -> ColumnTable {
    let key = FixedBuilder<Int64>(capacity: Self.keyCount)
    let scattered = FixedBuilder<Int64>(capacity: Self.keyCount)
    let value = FixedBuilder<Int64>(capacity: Self.keyCount)
    for index in 0..<Self.keyCount {
      key.append(Int64(index) &* 7)
      scattered.append(Self.scattered(Int64(index) &* 7))
      value.append(Int64(index & 1023))
    }
    let schema = Schema([
      ColumnSchema("Key", .long), ColumnSchema("Scattered", .long), ColumnSchema("Weight", .long),
    ])
    let columns = [key.finish(), scattered.finish(), value.finish()]
    return ColumnTable(schema: schema, chunks: [Batch(columns: columns, count: Self.keyCount)])
  }

  /// The rows of a table in segments.
  static func stored(_ table: ColumnTable) throws -> StoredTable {
    var segments: [any StoredSegment] = []
    for chunk in table.chunks {
      let writer = SegmentWriter(
        schema: table.schema,
        timeColumn: "Timestamp",
        expectedRows: chunk.count
      )
      writer.append(chunk)
      let encoded = writer.finish(id: SegmentID(high: 1, low: UInt64(segments.count)))
      segments.append(OpenSegment(try Segment(inMemory: encoded.pieces)))
    }
    return StoredTable(schema: table.schema, segments: segments)
  }

  /// Writes the columns as little-endian arrays and the dictionaries as lines.
  func dump(to folder: String) throws {
    let files = LocalFileSystem()
    let events = events()
    for (index, column) in events.schema.columns.enumerated() {
      var bytes: [UInt8] = []
      for chunk in events.chunks { bytes += Self.raw(chunk.columns[index]) }
      try files.write(bytes, to: "\(folder)/\(column.name).bin")
    }
    try files.write(Self.raw(keys().chunks[0].columns[1]), to: "\(folder)/KeysScattered.bin")
    try files.write(Self.lines(Self.deviceCount, Self.deviceName), to: "\(folder)/DeviceName.txt")
    try files.write(
      Self.lines(Self.commandCount, Self.commandLine),
      to: "\(folder)/ProcessCommandLine.txt"
    )
  }

  private func chunk(_ first: Int, _ count: Int) -> Batch {
    let times = FixedBuilder<DateTime>(capacity: count)
    let keys = FixedBuilder<Int64>(capacity: count)
    let scattered = FixedBuilder<Int64>(capacity: count)
    let deviceCodes = Buffer(byteCount: count * 4)
    let commandCodes = Buffer(byteCount: count * 4)
    for row in 0..<count {
      let word = hashWord(UInt64(first + row))
      times.append(DateTime(ticks: Self.start + Int64(first + row) * 2_592_000))
      deviceCodes.values(UInt32.self)[row] = UInt32(word % UInt64(Self.deviceCount))
      commandCodes.values(UInt32.self)[row] = UInt32((word >> 20) % UInt64(Self.commandCount))
      let key = Int64((word >> 8) % UInt64(Self.keyCount * 2)) &* 7
      keys.append(key)
      scattered.append(Self.scattered(key))
    }
    let columns = [
      times.finish(), Self.coded(deviceCodes, devices, count),
      Self.coded(commandCodes, commands, count), keys.finish(), scattered.finish(),
    ]
    return Batch(columns: columns, count: count)
  }

  /// A number for a key that tells nothing of its neighbours.
  private static func scattered(_ key: Int64) -> Int64 {
    Int64(bitPattern: hashWord(UInt64(bitPattern: key), seed: 3))
  }

  private static func coded(_ codes: Buffer, _ dictionary: VectorDictionary, _ count: Int) -> Vector
  {
    Vector(
      type: .string,
      count: count,
      layout: .dictionary(DictionaryRows(codes: codes, dictionary: dictionary))
    )
  }

  private static func raw(_ vector: Vector) -> [UInt8] {
    switch vector.layout {
    case .fixed(let rows):
      Array(UnsafeRawBufferPointer(start: rows.values.base, count: vector.count * 8))
    case .dictionary(let rows):
      Array(UnsafeRawBufferPointer(start: rows.codes.base, count: vector.count * 4))
    default: []
    }
  }

  private static func dictionary(_ count: Int, _ text: (Int) -> String) -> VectorDictionary {
    let builder = TextBuilder(capacity: count, heapCapacity: count * 120)
    for index in 0..<count { builder.append(Array(text(index).utf8)) }
    return VectorDictionary(values: builder.finish(), isDistinct: true)
  }

  private static func lines(_ count: Int, _ text: (Int) -> String) -> [UInt8] {
    Array((0..<count).map(text).joined(separator: "\n").utf8)
  }

  private static func deviceName(_ index: Int) -> String { "workstation-\(index).corp.example" }

  private static func commandLine(_ index: Int) -> String {
    let word = hashWord(UInt64(index), seed: 7)
    let tool = index % 500 == 0 ? "mimikatz" : "update\(word % 997)"
    return
      "C:\\Windows\\System32\\cmd.exe /c start \"\" \"C:\\Program Files\\Vendor\\\(tool).exe\" "
      + "--session \(word) --profile default --log C:\\Temp\\\(index).log"
  }
}

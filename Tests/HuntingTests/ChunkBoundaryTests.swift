import Columnar
import FileAccess
import Hunting
import Testing

/// Holds tables to being the same wherever blocks are cut and however many threads parse them.
struct ChunkBoundaryTests {
  private static let marks = Array("{}[]\",:\\\n\r\t0eE.-+u ".utf8) + [0, 0xEF, 0xFF, 0xC3, 0x80]

  private static let lines = [
    "{\"a\":%,\"b\":\"x\\u00e9\\n%\",\"c\":{\"k\":[1,2.5,null,true]},\"d\":\"2026-01-02T03:04:05Z\"}",
    "{\"b\":\"same\",\"a\":\"%\",\"e\":null}",
    "{\"category\":\"AdvancedHunting-DeviceProcessEvents\",\"tenantId\":\"t\","
      + "\"properties\":{\"a\":2,\"ProcessId\":%,\"AdditionalFields\":\"{\\\"k\\\":%}\"}}",
    "{\"category\":\"AdvancedHunting-DeviceEvents\",\"properties\":{\"a\":2}}",
    "{\"records\":[{\"a\":3},{\"new%\":\"z\",\"c\":[]},7]}",
    "[{\"a\":4},{\"Timestamp\":\"2026-01-0%T00:00:00Z\",\"c\":{}}]",
    "{\"FileName\":\"f%.exe\",\"ProcessId\":\"no number\",\"Timestamp\":\"2026-01-02\"}",
    "", "{", "nonsense", "{\"a\":\"é😀\u{FFFD}%\"}", " {\"FileName\":\"\"} ",
  ]

  /// Lines of the forms above, some of them damaged.
  private static func file(_ chance: SeededRandomness) -> [UInt8] {
    func index(_ limit: Int) -> Int { Int(chance.nextUInt64() % UInt64(max(1, limit))) }
    var bytes = Array("{\"first\":1}\n".utf8)
    for _ in 0..<index(60) {
      let line = lines[index(lines.count)]
      let number = String(index(12))
      let parts = line.split(separator: "%", omittingEmptySubsequences: false)
      bytes += Array(parts.joined(separator: number).utf8) + [0x0A]
    }
    if index(2) == 0 { bytes.removeLast() }
    for _ in 0..<index(6) {
      // The first line stays, since it tells the layout of the file.
      let place = 12 + index(bytes.count - 12)
      if place >= bytes.count { continue }
      if index(2) == 0 { bytes.remove(at: place) } else { bytes[place] = marks[index(marks.count)] }
    }
    return bytes
  }

  private func load(
    _ bytes: [UInt8],
    _ table: String,
    blockBytes: Int,
    threads: Int
  ) throws -> (table: ColumnTable, report: IngestionReport) {
    var limits = LoadLimits()
    limits.blockBytes = blockBytes
    limits.threads = threads
    limits.describedProblems = 1000
    return try LoadedText.load(bytes: bytes, table: table, path: "f.json", limits: limits)
  }

  @Test(arguments: [1, 2, 3, 4], ["T", "DeviceProcessEvents"])
  func `blocks and threads do not change the answer`(seed: UInt64, table: String) throws {
    let chance = SeededRandomness(seed: seed)
    for round in 0..<60 {
      let bytes = Self.file(chance)
      let whole = try load(bytes, table, blockBytes: 8 << 20, threads: 1)
      #expect(whole.report.badLineCount == whole.report.badLines.count)
      for (blockBytes, threads) in [(1, 2), (64, 1), (64, 3), (500, 2)] {
        let parts = try load(bytes, table, blockBytes: blockBytes, threads: threads)
        let isSame =
          LoadedText.schema(whole.table) == LoadedText.schema(parts.table)
          && LoadedText.rows(whole.table) == LoadedText.rows(parts.table)
          && whole.report == parts.report
        if !isSame {
          Issue.record("\(table) seed \(seed) round \(round): blocks of \(blockBytes) differ")
        }
      }
    }
  }

  /// Keeps the chunks of a file.
  private final class Chunks: ChunkConsumer {
    var all: [IngestedChunk] = []
    var files = 0

    func take(_ chunk: IngestedChunk) throws { all.append(chunk) }

    func endFile() throws { files += 1 }
  }

  @Test(arguments: [16, 64, 8 << 20])
  func `rejected lines come with their bytes as they were`(blockBytes: Int) throws {
    let bytes =
      Array("{\"a\":1}\n{\"a\":\n{\"a\":\"".utf8) + [0xFF, 0xC3]
      + Array("\"}\nno\nevent ".utf8) + [0xFE] + Array(" \r\n{\"a\":2}".utf8)
    var limits = LoadLimits()
    limits.blockBytes = blockBytes
    let chunks = Chunks()
    let ingestion = FileIngestion(files: SimulatedFileSystem(["f.json": bytes]), limits: limits)
    try ingestion.read(LoadRequest(table: "T", paths: ["f.json", "f.json"]), into: chunks)
    #expect(chunks.files == 2)
    #expect(chunks.all.reduce(0) { $0 + $1.textBytes } == 2 * bytes.count)
    #expect(chunks.all.reduce(0) { $0 + $1.rowCount } == 2 * 3)
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let rejected = chunks.all.flatMap(\.rejectedLines)
    #expect(rejected.map(\.line) == [2, 4, 5, 2, 4, 5])
    for line in rejected {
      #expect(line.bytes == Array(lines[line.line - 1]))
      #expect(line.offset == lines[line.line - 1].startIndex)
    }
  }

  @Test func `chunks have dictionaries of their own, and plain texts where none helps`() throws {
    let text = (0..<4000).map { "{\"few\":\"v\($0 % 50)\",\"many\":\"v\($0)\"}\n" }.joined()
    var limits = LoadLimits()
    limits.blockBytes = 1 << 16
    let chunks = Chunks()
    let ingestion = FileIngestion(files: SimulatedFileSystem(texts: ["f": text]), limits: limits)
    try ingestion.read(LoadRequest(table: "T", paths: ["f"]), into: chunks)
    #expect(chunks.all.count > 1)
    for chunk in chunks.all where chunk.rowCount > 1000 {
      #expect(chunk.schema.columns.map(\.name) == ["few", "many"])
      #expect(chunk.columns[0].vector.dictionaryRows?.dictionary.values.count == 50)
      #expect(chunk.columns[0].vector.dictionaryRows?.dictionary.isDistinct == true)
      #expect(chunk.columns[1].vector.dictionaryRows == nil)
    }
  }

  @Test func `a table longer than a chunk is cut and keeps its rows`() throws {
    let count = ColumnTable.chunkRows + 5
    let text = String(repeating: "{}\n", count: count - 1) + "{\"a\":7}"
    let (table, report) = try LoadedText.load(text, columns: [ColumnSchema("a", .long)])
    #expect(table.chunks.map(\.count) == [ColumnTable.chunkRows, 5])
    #expect(report.rowCount == count)
    #expect(table.chunks.last?.columns[0].scalar(at: 4) == .long(7))
  }

  @Test(arguments: [1, 2, 5])
  func `a failure ends the load whatever the threads do`(threads: Int) {
    let text = String(repeating: "{\"a\":1}\n", count: 5000)
    let files = SimulatedFileSystem(texts: ["f": text])
    files.failAtEnd(of: "f", .io(code: 5))
    var limits = LoadLimits()
    limits.blockBytes = 256
    limits.threads = threads
    let loader = TableLoader(files: files, limits: limits)
    #expect(throws: FileFailure(.io(code: 5), path: "f", operation: .read)) {
      try loader.load(LoadRequest(table: "T", paths: ["f"]))
    }
    limits.charge = { bytes in if bytes > 0 { throw IngestedTooMuch() } }
    #expect(throws: IngestedTooMuch.self) {
      try TableLoader(files: SimulatedFileSystem(texts: ["f": text]), limits: limits)
        .load(LoadRequest(table: "T", paths: ["f"]))
    }
  }

  private struct IngestedTooMuch: Error {}
}

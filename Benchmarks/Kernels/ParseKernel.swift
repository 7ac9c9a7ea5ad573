import Columnar
import FileAccess
import Hunting
import KernelTwins

/// Parsing lines of JSON into columns.
enum ParseKernel {
  private static let rows = 100_000

  static let all = [KernelCase("parse JSON lines") { parse() }]

  private static func line(_ row: Int, _ time: Int64) -> String {
    var stamp = ByteSink(capacity: 32)
    stamp.append(datetime: DateTime(ticks: time))
    let command = KernelData.commandLine(row % 20_000)
      .split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
    return """
      {"Timestamp":"\(stamp.text())","DeviceName":"device-\(row % 500).contoso.example",\
      "FileName":"tool\(row % 90).exe","ProcessId":\(row &* 7919 % 65_536),\
      "ProcessCommandLine":"\(command)"}

      """
  }

  private static func parse() -> Kernel {
    let times = KernelData.times(rows)
    let text = (0..<rows).flatMap { Array(line($0, times.longs[$0]).utf8) }
    let files = SimulatedFileSystem(["in.ndjson": text])
    let request = LoadRequest(
      table: "T",
      paths: ["in.ndjson"],
      format: .json,
      columns: [
        ColumnSchema("Timestamp", .datetime), ColumnSchema("DeviceName", .string),
        ColumnSchema("FileName", .string), ColumnSchema("ProcessId", .long),
        ColumnSchema("ProcessCommandLine", .string),
      ]
    )
    var limits = LoadLimits()
    limits.threads = 1
    let ingestion = FileIngestion(files: files, limits: limits)
    let ours = Rows()
    let theirs = TwinRows(rows)
    return Kernel(
      rows: rows,
      harrier: {
        ours.batches = []
        try? ingestion.read(request, into: ours)
      },
      twin: { theirs.parse(text) },
      results: { (ours.digest, theirs.digest) }
    )
  }

  /// Keeps the columns of all chunks.
  private final class Rows: ChunkConsumer {
    var batches: [Batch] = []

    func take(_ chunk: IngestedChunk) throws { batches.append(chunk.batch) }
    func endFile() throws {}

    /// Times and numbers, and how long the texts are.
    var digest: UInt64 {
      var sum: UInt64 = 0
      for column in [0, 3] {
        for batch in batches {
          guard case .fixed(let values) = batch.columns[column].layout else { return 0 }
          for row in 0..<batch.count { sum = sum &* 31 &+ values.base(UInt64.self)[row] }
        }
      }
      return sum &+ UInt64(batches.reduce(0) { $0 + $1.count })
    }
  }

  /// The columns of the twin.
  private final class TwinRows {
    private let times: Words
    private let ids: Words
    private let codes: [Words]
    private var count = 0

    init(_ rows: Int) {
      times = Words(byteCount: rows * 8)
      ids = Words(byteCount: rows * 8)
      codes = (0..<3).map { _ in Words(byteCount: rows * 4) }
    }

    func parse(_ text: [UInt8]) {
      var columns = twin_columns()
      columns.times = times.longs
      columns.ids = ids.longs
      columns.device_codes = codes[0].codes
      columns.file_codes = codes[1].codes
      columns.line_codes = codes[2].codes
      count = twin_parse_events(text, text.count, &columns)
    }

    var digest: UInt64 {
      var sum: UInt64 = 0
      for column in [times, ids] {
        for row in 0..<max(0, count) { sum = sum &* 31 &+ column.words[row] }
      }
      return sum &+ UInt64(bitPattern: Int64(count))
    }
  }
}

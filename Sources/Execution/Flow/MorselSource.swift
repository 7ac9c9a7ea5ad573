import Columnar

/// A source of rows in numbered morsels that workers read independently.
///
/// Morsel order is row order: collecting morsels 0, 1, 2 … gives the rows in the order of the
/// source.
protocol MorselSource: Sendable {
  var morselCount: Int { get }
  /// Runs of morsels that share dictionaries, so that one worker had better read them.
  var affinities: [Range<Int>] { get }
  /// About how many bytes stay in memory while a worker reads a run of them.
  var pinnedBytes: Int { get }
  /// Makes a reader for one worker.
  func makeReader(_ context: ExecutionContext) throws -> any MorselReader
}

extension MorselSource {
  /// Most sources read what is in memory anyhow, or little at a time.
  var pinnedBytes: Int { 0 }
}

/// Reads morsels of a source within one worker.
protocol MorselReader {
  /// Reads a morsel batch by batch; the body returns false to stop.
  func read(_ morsel: Int, _ body: (Batch) throws -> Bool) throws
}

/// The rows of a table in memory.
struct TableMorsels: MorselSource, MorselReader {
  /// Rows that a worker takes at a time.
  static let morselRows = 65_536

  private let chunks: [Batch]
  private let batchRows: Int
  /// Chunk and first row of each morsel.
  private let starts: [(chunk: Int, row: Int)]
  let affinities: [Range<Int>]

  init(chunks: [Batch], batchRows: Int) {
    self.chunks = chunks
    self.batchRows = max(1, batchRows)
    var starts: [(chunk: Int, row: Int)] = []
    var affinities: [Range<Int>] = []
    for (index, chunk) in chunks.enumerated() {
      let first = starts.count
      for row in stride(from: 0, to: chunk.count, by: Self.morselRows) {
        starts.append((index, row))
      }
      if starts.count > first { affinities.append(first..<starts.count) }
    }
    self.starts = starts
    self.affinities = affinities
  }

  var morselCount: Int { starts.count }

  func makeReader(_ context: ExecutionContext) -> any MorselReader { self }

  func read(_ morsel: Int, _ body: (Batch) throws -> Bool) throws {
    let start = starts[morsel]
    let chunk = chunks[start.chunk]
    let end = min(chunk.count, start.row + Self.morselRows)
    var row = start.row
    while row < end {
      let next = min(end, row + batchRows)
      if try !body(chunk.slice(row..<next)) { return }
      row = next
    }
  }
}

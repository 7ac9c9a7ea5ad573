public import Columnar

/// A finished result, some of whose rows may be on disk.
public struct QueryResult: Sendable {
  public let schema: Schema
  public let rowCount: Int
  private let parts: [ResultPart]

  public init(schema: Schema, batches: [Batch]) {
    self.init(schema: schema, parts: batches.map { .held($0) })
  }

  init(schema: Schema, parts: [ResultPart]) {
    self.schema = schema
    self.parts = parts
    rowCount = parts.reduce(0) { $0 + $1.count }
  }

  /// All rows in memory.
  public var batches: [Batch] { get throws { try parts.map { try $0.load() } } }

  /// Calls the body with the rows, batch after batch.
  public func forEachBatch(_ body: (Batch) throws -> Void) throws {
    for part in parts { try body(try part.load()) }
  }

  /// The first rows of the result.
  public func prefix(_ rows: Int) -> QueryResult {
    var left = rows
    var kept: [ResultPart] = []
    for part in parts where left > 0 {
      kept.append(part.prefix(left))
      left -= min(left, part.count)
    }
    return QueryResult(schema: schema, parts: kept)
  }
}

/// Rows of a result that follow one another.
enum ResultPart: Sendable {
  case held(Batch)
  /// The first of some rows on disk.
  case spilled(SpilledBatch, count: Int)

  var count: Int {
    switch self {
    case .held(let batch): batch.count
    case .spilled(_, let count): count
    }
  }

  func load() throws -> Batch {
    switch self {
    case .held(let batch): batch
    case .spilled(let batch, let count): try batch.load().slice(0..<count)
    }
  }

  /// The part, or its first rows where it has more.
  func prefix(_ rows: Int) -> ResultPart {
    if rows >= count { return self }
    switch self {
    case .held(let batch): return .held(batch.slice(0..<rows))
    case .spilled(let batch, _): return .spilled(batch, count: rows)
    }
  }
}

/// Keeps the rows of a result; puts them aside where memory gets tight.
private final class ResultSink: Sink {
  /// Rows and the number of their morsel, in the order in which this worker got them.
  private(set) var parts: [(sequence: Int, part: ResultPart)] = []
  private let context: ExecutionContext
  private var writer: SpillWriter?
  /// How many parts are on disk, and the bytes of the others.
  private var spilledParts = 0
  private var keptBytes = 0

  init(_ context: ExecutionContext) { self.context = context }

  func consume(_ batch: Batch, sequence: Int) throws {
    parts.append((sequence, .held(batch)))
    guard context.canSpill else { return }
    keptBytes += batch.ownByteCount
    if keptBytes >= context.budget.memoryLimit / 256, context.budget.isTight() { try spill() }
  }

  private func spill() throws {
    let writer = try self.writer ?? SpillWriter(context)
    self.writer = writer
    let kept = parts[spilledParts...]
    parts.removeSubrange(spilledParts...)
    for (sequence, part) in kept {
      for written in try writer.write(part.load()) {
        parts.append((sequence, .spilled(written, count: written.rowCount)))
      }
    }
    spilledParts = parts.count
    keptBytes = 0
    _ = context.budget.makeRoom()
  }
}

extension Flow {
  /// Runs the flow and keeps its rows in order, on disk where there is too little memory.
  func collectResult(_ context: ExecutionContext) throws -> [ResultPart] {
    let parts = try run(context) { ResultSink(context) }.flatMap(\.parts)
    return parts.enumerated()
      .sorted { ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset) }
      .map(\.element.part)
  }
}

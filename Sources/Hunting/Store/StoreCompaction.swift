import Columnar
import Execution
public import FileAccess
import Segments
public import TableStore

/// Merges small segments that follow each other into larger ones.
public struct StoreCompaction {
  private let store: TableStore
  private let randomness: any Randomness
  private let cache: SegmentCache
  private let threads: Int

  public init(
    _ store: TableStore,
    randomness: any Randomness = SystemRandomness(),
    threads: Int = 2
  ) {
    self.store = store
    self.randomness = randomness
    self.threads = threads
    cache = SegmentCache()
  }

  /// Merges what is worth it in all tables; returns how many segments went and came.
  public func run() throws -> (removed: Int, added: Int) { try run(Self.runs) }

  /// Merges what is due by a policy: for a process that ingests, once a batch is acknowledged, and
  /// on any thread; readers keep what their snapshots hold.
  public func run(_ policy: MergePolicy) throws -> (removed: Int, added: Int) {
    try run(policy.runs)
  }

  private func run(_ choose: ([Int]) -> [Range<Int>]) throws -> (removed: Int, added: Int) {
    var removed = 0
    var added = 0
    let snapshot = try store.snapshot()
    for tenant in snapshot.tenants {
      for table in tenant.tables {
        for run in choose(table.segments.map(\.rowCount)) {
          try merge(Array(table.segments[run]), tenant: tenant.name, table: table.name)
          removed += run.count
          added += 1
        }
      }
    }
    return (removed, added)
  }

  /// Runs of two or more neighbours that together fit into one segment and gain by it: none of
  /// them is half full already.
  ///
  /// - Parameter rowCounts: rows of the segments of a table, in order.
  static func runs(ofRows rowCounts: [Int]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var run = 0..<0
    var rows = 0
    for (index, count) in rowCounts.enumerated() {
      let isSmall = count <= SegmentWriter.rowLimit / 2
      if !isSmall || rows + count > SegmentWriter.rowLimit {
        runs.append(run)
        run = index..<index
        rows = 0
      }
      if isSmall {
        run = (run.isEmpty ? index : run.lowerBound)..<index + 1
        rows += count
      }
    }
    runs.append(run)
    return runs.filter { $0.count > 1 }
  }

  private func merge(_ run: [SegmentEntry], tenant: String, table: String) throws {
    let writer = SegmentWriter(
      schema: Schema([]),
      timeColumn: EventTime.column(of: table),
      expectedRows: run.reduce(0) { $0 + $1.rowCount }
    )
    for entry in run { try append(try cache.segment(entry), to: writer) }
    let threads = self.threads
    let encoded = try writer.finish(id: SegmentID(randomness)) { count, body in
      try ParallelWork.forEach(count, threads: threads, body)
    }
    let staged = try store.stage(SegmentFile(encoded), tenant: tenant, table: table)
    do {
      try store.replace(run, with: [staged])
    } catch {
      store.discard(staged)
      throw error
    }
  }

  private func append(_ segment: Segment, to writer: SegmentWriter) throws {
    var columns: [String: Vector] = [:]
    for (index, column) in segment.schema.columns.enumerated() {
      let reader = try segment.column(index)
      try reader.ensure(0..<segment.rowCount)
      columns[column.name] = reader.vector
      segment.release(column: index)
      if writer.schema.index(of: column.name) == nil { writer.addColumn(column) }
    }
    let vectors = writer.schema.columns.map { column -> Vector in
      let found =
        columns[column.name] ?? EventTime.standIn(for: column.name).flatMap { columns[$0] }
      guard let vector = found, vector.type == column.type else {
        return Vector(constant: .missing(column.type), count: segment.rowCount)
      }
      return vector
    }
    writer.append(Batch(columns: vectors, count: segment.rowCount))
  }
}

import Columnar
import QueryPlan

/// Where a column of a join's output comes from.
enum JoinColumn: Sendable {
  case probe(Int)
  case build(Int)
}

/// What becomes of a probing row.
enum ProbeMode: Sendable {
  /// A row for each partner.
  case pairs
  /// A row for each partner, or one with missing values.
  case pairsOrMissing
  /// The row itself where it has a partner.
  case matched
  /// The row itself where it has none.
  case unmatched
}

/// Looks the batches of one side up in a table of the other.
struct ProbeFactory: StageFactory {
  let table: JoinTable
  let keys: [Expression]
  let layout: ColumnLayout
  let mode: ProbeMode
  let columns: [JoinColumn]
  /// Takes note of the build rows that found partners, for outer joins of the build side.
  let matches: BuildMatches?

  func makeStage(_ context: ExecutionContext) throws -> any Stage {
    let compiler = ExpressionCompiler(layout: layout, context: context)
    return ProbeStage(
      self,
      keys: try keys.map { try compiler.compile($0) },
      batchRows: context.options.batchRows
    )
  }
}

/// Pairs probing rows with build rows.
final class ProbeStage: Stage {
  private let join: ProbeFactory
  private let keys: [any ExpressionNode]
  private let prober: GroupProber
  private let pairLimit: Int

  init(_ join: ProbeFactory, keys: [any ExpressionNode], batchRows: Int) {
    self.join = join
    self.keys = keys
    prober = join.table.makeProber()
    pairLimit = max(1024, batchRows)
  }

  func push(_ batch: Batch, _ emit: (Batch) throws -> Void) throws {
    let values = try keys.map { try $0.evaluate(batch) }
    var groups = [UInt32](repeating: 0, count: batch.count)
    groups.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      prober.find(values, count: batch.count, into: base)
    }
    switch join.mode {
    case .matched, .unmatched: try emitRows(batch, groups, emit)
    case .pairs, .pairsOrMissing: try emitPairs(batch, groups, emit)
    }
  }

  private func emitRows(
    _ batch: Batch,
    _ groups: [UInt32],
    _ emit: (Batch) throws -> Void
  ) throws {
    let wantsMatch = join.mode == .matched
    let rows = groups.indices.lazy
      .filter { (groups[$0] != .max) == wantsMatch }
      .map { UInt32(truncatingIfNeeded: $0) }
    let picked = Array(rows)
    try emit(output(batch.gather(picked), builds: []))
  }

  private func emitPairs(
    _ batch: Batch,
    _ groups: [UInt32],
    _ emit: (Batch) throws -> Void
  ) throws {
    var probes: [UInt32] = []
    var builds: [UInt32] = []
    probes.reserveCapacity(batch.count)
    builds.reserveCapacity(batch.count)
    for row in groups.indices {
      let probe = UInt32(truncatingIfNeeded: row)
      if groups[row] == .max {
        if join.mode == .pairsOrMissing {
          probes.append(probe)
          builds.append(UInt32(truncatingIfNeeded: join.table.rowCount))
        }
        continue
      }
      for build in join.table.members(of: groups[row]) {
        probes.append(probe)
        builds.append(build)
        if probes.count >= pairLimit { try flush(batch, &probes, &builds, emit) }
      }
    }
    try flush(batch, &probes, &builds, emit)
  }

  private func flush(
    _ batch: Batch,
    _ probes: inout [UInt32],
    _ builds: inout [UInt32],
    _ emit: (Batch) throws -> Void
  ) throws {
    if probes.isEmpty { return }
    join.matches?.note(builds)
    try emit(output(batch.gather(probes), builds: builds))
    probes.removeAll(keepingCapacity: true)
    builds.removeAll(keepingCapacity: true)
  }

  private func output(_ probed: Batch, builds: [UInt32]) -> Batch {
    let columns = join.columns.map { column in
      switch column {
      case .probe(let position): return probed.columns[position]
      case .build(let position):
        return builds.withUnsafeBufferPointer { buffer in
          guard let base = buffer.baseAddress else {
            return Vector.empty(join.table.rows.columns[position].type)
          }
          return join.table.rows.columns[position].gather(base, count: buffer.count)
        }
      }
    }
    return Batch(columns: columns, count: probed.count)
  }
}

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
  /// What the table takes of the budget.
  let charge: MemoryCharge

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
  private let prober: JoinProber
  private let pairLimit: Int

  init(_ join: ProbeFactory, keys: [any ExpressionNode], batchRows: Int) {
    self.join = join
    self.keys = keys
    prober = join.table.keys.makeProber()
    pairLimit = max(1024, batchRows)
  }

  func push(_ batch: Batch, _ emit: (Batch) throws -> Void) throws {
    let values = try keys.map { try $0.evaluate(batch) }
    let groups = Buffer(byteCount: batch.count * 4)
    let group = groups.values(UInt32.self)
    prober.find(values, count: batch.count, into: group)
    switch join.mode {
    case .matched: try emitRows(batch, group, wantsMatch: 1, emit)
    case .unmatched: try emitRows(batch, group, wantsMatch: 0, emit)
    case .pairs, .pairsOrMissing:
      if join.table.hasUniqueKeys {
        try emitSinglePairs(batch, groups, emit)
      } else {
        try emitPairs(batch, group, emit)
      }
    }
  }

  private func emitRows(
    _ batch: Batch,
    _ groups: UnsafePointer<UInt32>,
    wantsMatch: UInt8,
    _ emit: (Batch) throws -> Void
  ) throws {
    let flags = Buffer(byteCount: batch.count)
    let flag = flags.values(UInt8.self)
    for row in 0..<batch.count {
      flag[row] = unsafeBitCast(groups[row] != .max, to: UInt8.self) ^ wantsMatch ^ 1
    }
    let picked = Selection(flags: UnsafePointer(flag), count: batch.count)
    if picked.count > 0 { try emit(output(batch, picked, builds: nil)) }
  }

  /// Pairs where no key has two build rows: a group's number is that of its row.
  private func emitSinglePairs(
    _ batch: Batch,
    _ groups: Buffer,
    _ emit: (Batch) throws -> Void
  ) throws {
    let group = groups.values(UInt32.self)
    let probes = Buffer(byteCount: batch.count * 4)
    let probe = probes.values(UInt32.self)
    var count = 0
    if join.mode == .pairsOrMissing {
      let missing = UInt32(truncatingIfNeeded: join.table.rowCount)
      for row in 0..<batch.count {
        probe[row] = UInt32(truncatingIfNeeded: row)
        if group[row] == .max { group[row] = missing }
      }
      count = batch.count
    } else {
      for row in 0..<batch.count {
        let found = group[row]
        probe[count] = UInt32(truncatingIfNeeded: row)
        group[count] = found
        count &+= Int(unsafeBitCast(found != .max, to: UInt8.self))
      }
    }
    if count == 0 { return }
    let builds = Selection(indices: groups, count: count)
    join.matches?.note(builds)
    try emit(output(batch, Selection(indices: probes, count: count), builds: builds))
  }

  private func emitPairs(
    _ batch: Batch,
    _ groups: UnsafePointer<UInt32>,
    _ emit: (Batch) throws -> Void
  ) throws {
    var pairs = PairBuffer(capacity: pairLimit)
    for row in 0..<batch.count {
      let probe = UInt32(truncatingIfNeeded: row)
      if groups[row] == .max {
        if join.mode == .pairsOrMissing {
          pairs.append(probe, UInt32(truncatingIfNeeded: join.table.rowCount))
          if pairs.isFull { try flush(batch, &pairs, emit) }
        }
        continue
      }
      for build in join.table.members(of: groups[row]) {
        pairs.append(probe, build)
        if pairs.isFull { try flush(batch, &pairs, emit) }
      }
    }
    try flush(batch, &pairs, emit)
  }

  private func flush(
    _ batch: Batch,
    _ pairs: inout PairBuffer,
    _ emit: (Batch) throws -> Void
  ) throws {
    guard let (probes, builds) = pairs.take() else { return }
    join.matches?.note(builds)
    try emit(output(batch, probes, builds: builds))
  }

  /// Gathers the columns that the join yields, and no others.
  private func output(_ batch: Batch, _ probes: Selection, builds: Selection?) -> Batch {
    let columns = join.columns.map { column in
      switch column {
      case .probe(let position): return batch.columns[position].gather(probes)
      case .build(let position):
        let values = join.table.rows.columns[position]
        return builds.map { values.gather($0) } ?? Vector.empty(values.type)
      }
    }
    return Batch(columns: columns, count: probes.count)
  }
}

/// Pairs of row numbers on their way out.
struct PairBuffer {
  private var probes: Buffer
  private var builds: Buffer
  private let capacity: Int
  private var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    probes = Buffer(byteCount: capacity * 4)
    builds = Buffer(byteCount: capacity * 4)
  }

  var isFull: Bool { count == capacity }

  @inline(__always)
  mutating func append(_ probe: UInt32, _ build: UInt32) {
    probes.values(UInt32.self)[count] = probe
    builds.values(UInt32.self)[count] = build
    count &+= 1
  }

  /// The pairs so far, or nil; starts anew with memory of its own.
  mutating func take() -> (Selection, Selection)? {
    if count == 0 { return nil }
    defer {
      count = 0
      probes = Buffer(byteCount: capacity * 4)
      builds = Buffer(byteCount: capacity * 4)
    }
    return (Selection(indices: probes, count: count), Selection(indices: builds, count: count))
  }
}

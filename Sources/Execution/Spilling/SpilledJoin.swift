import Columnar
import QueryPlan

/// Joins sides of which the one that is built does not fit into memory.
///
/// The rows of both sides are put aside by partitions of the keys, and one partition is joined
/// after another; what comes out is merged into the order of the probing side.
struct SpilledJoin {
  let join: Join
  let build: JoinSide
  let probe: JoinSide
  /// Where the columns of the output come from.
  let columns: [JoinColumn]
  let context: ExecutionContext

  func run() throws -> Flow {
    var built = try partition(build)
    var probed = try partition(probe)
    var runs = JoinedRuns(writer: try SpillWriter(context))
    try run(&built, &probed, &runs)
    let order = RunOrder(columns: join.columns.map(\.type), keys: [])
    return Flow(
      pipelines: [
        Pipeline(source: try MergedRuns(runs.pairs, order, context)),
        Pipeline(source: try MergedRuns(runs.rest, order, context)),
      ],
      layout: ColumnLayout(join.columns)
    )
  }

  /// Joins partition by partition; those of which the build rows do not fit are partitioned once
  /// more.
  private func run(
    _ built: inout RowPartitions,
    _ probed: inout RowPartitions,
    _ runs: inout JoinedRuns
  ) throws {
    for number in 0..<KeyPartitions.count {
      let buildRows = built.take(number)
      let probeRows = probed.take(number)
      // What is made of the rows takes about as much beside them.
      let isTooLarge = context.budget.isTight(for: 2 * buildRows.rawBytes)
      if isTooLarge, built.canSplit {
        var buildParts = try split(buildRows, build)
        var probeParts = try split(probeRows, probe)
        try run(&buildParts, &probeParts, &runs)
      } else {
        try run(try makeTable(buildRows), probeRows, &runs)
      }
    }
  }

  private func split(_ rows: PartitionRows, _ side: JoinSide) throws -> RowPartitions {
    try rows.split(side.partitionTypes, keys: side.keyPositions, context)
  }

  private func run(_ built: BuiltSide, _ probed: PartitionRows, _ runs: inout JoinedRuns) throws {
    let table = built.table
    let matches = join.kind.keepsBuild ? BuildMatches(rowCount: table.rowCount) : nil
    let stage = makeStage(built, matches)
    var blocks: [SpilledBatch] = []
    try probed.forEachBatch(context) { batch in
      try stage.push(batch) { blocks += try runs.writer.write($0) }
    }
    runs.pairs.append(SortedRun(blocks: blocks))
    if let matches {
      runs.rest.append(SortedRun(blocks: try runs.writer.write(unmatched(matches, table))))
    }
  }

  /// The columns of a side, then its keys.
  private func partition(_ side: JoinSide) throws -> RowPartitions {
    let context = self.context
    return try side.flow.partition(context) {
      let compiler = ExpressionCompiler(layout: side.flow.layout, context: context)
      let columns: [any ExpressionNode] = (0..<side.width).map(ColumnNode.init)
      return PartitionLayout(
        nodes: columns + (try side.keys.map { try compiler.compile($0) }),
        types: side.partitionTypes.dropLast(),
        keys: side.keyPositions
      )
    }
  }

  private func makeTable(_ rows: PartitionRows) throws -> BuiltSide {
    var batches: [Batch] = []
    try rows.forEachBatch(context) { batches.append($0) }
    let keys = batches.map { Array($0.columns[build.keyPositions]) }
    let layout = build.flow.layout
    var wanted = Set(join.columns.compactMap { layout.position(of: $0.id) })
    if join.kind.keepsBuild { wanted.insert(build.placePosition) }
    return try context.makeTable(
      batches,
      keys,
      JoinDemand(join).request(
        types: build.partitionTypes,
        wanted: wanted,
        keyTypes: build.keys.map(\.type)
      )
    )
  }

  private func makeStage(_ built: BuiltSide, _ matches: BuildMatches?) -> ProbeStage {
    let factory = ProbeFactory(
      table: built.table,
      keys: probe.keys,
      layout: probe.flow.layout,
      mode: join.kind.probeMode,
      columns: columns + [.probe(probe.placePosition)],
      matches: matches,
      charge: built.charge
    )
    let nodes: [any ExpressionNode] = probe.keyPositions.map(ColumnNode.init)
    return ProbeStage(factory, keys: nodes, batchRows: context.options.batchRows)
  }

  /// The build rows without a partner, with their places.
  private func unmatched(_ matches: BuildMatches, _ table: JoinTable) -> Batch {
    let rows = table.unmatched(matches, columns, join)
    let places = Batch(columns: [table.rows.columns[build.placePosition]], count: table.rows.count)
      .gather(matches.unmatched(of: table.rowCount))
    return Batch(columns: rows.columns + places.columns, count: rows.count)
  }
}

/// What the partitions of a join have yielded.
private struct JoinedRuns {
  let writer: SpillWriter
  var pairs: [SortedRun] = []
  /// Build rows without a partner.
  var rest: [SortedRun] = []
}

extension JoinSide {
  /// Columns of the side itself.
  fileprivate var width: Int { flow.layout.columns.count }
  /// Where the keys stand in rows that were put aside.
  fileprivate var keyPositions: Range<Int> { width..<width + keys.count }
  /// Where the place of a row in the side stands.
  fileprivate var placePosition: Int { width + keys.count }
  /// Types of rows that were put aside.
  fileprivate var partitionTypes: [ScalarType] { flow.layout.types + keys.map(\.type) + [.long] }
}

/// Says that the side that a join builds takes so much memory that it had better be put aside.
struct BuildOverflow: Error {}

/// Keeps the rows of a side that is built.
final class BuildSink: Sink {
  private(set) var parts: [(sequence: Int, ordinal: Int, batch: Batch)] = []
  private let context: ExecutionContext
  /// Bytes of a row's key in the table.
  private let keyBytes: Int
  private var bytes = 0

  init(_ context: ExecutionContext, keyBytes: Int) {
    self.context = context
    self.keyBytes = keyBytes
  }

  func consume(_ batch: Batch, sequence: Int) throws {
    parts.append((sequence, parts.count, batch))
    bytes += batch.ownByteCount + batch.count * keyBytes
    let budget = context.budget
    if bytes > budget.memoryLimit / 64, budget.isTight(for: 2 * bytes) { throw BuildOverflow() }
  }
}

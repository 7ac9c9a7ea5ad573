import Columnar
import Execution
import FileAccess
import Segments
import TableStore

/// Takes the chunks of an ingestion apart by table and tenant, and makes segments of them.
final class StoreConsumer: ChunkConsumer {
  /// The most tables of all tenants that one batch may fill.
  static let destinationLimit = 1_000
  /// Destinations that are thought to get many rows each.
  private static let fewDestinations = 4

  private struct Destination: Hashable {
    let tenant: String
    let table: String
  }

  private let session: IngestionSession
  /// The table whose columns the one who ingests has stated, and these columns.
  private let stated: (table: String, columns: [ColumnSchema])
  private let tenantColumn: String?
  private let threads: Int
  private let randomness: any Randomness
  private let owner: (String) -> String
  private let admit: (String) throws -> Void
  private var consumers: [Destination: SegmentConsumer] = [:]
  /// Dead letters by table.
  private var letters: [String: Int] = [:]
  /// What came of the tables, in the order in which they came.
  private(set) var reports: [IngestionReport] = []

  init(
    _ session: IngestionSession,
    table: String,
    statedColumns: [ColumnSchema] = [],
    tenantColumn: String?,
    threads: Int,
    randomness: any Randomness,
    owner: @escaping (String) -> String = { $0 },
    admit: @escaping (String) throws -> Void = { _ in }
  ) {
    self.owner = owner
    self.admit = admit
    self.session = session
    stated = (table, statedColumns)
    self.tenantColumn = tenantColumn
    self.threads = threads
    self.randomness = randomness
    reports = [IngestionReport(table: table)]
  }

  func take(_ chunk: IngestedChunk) throws {
    try takeTable(of: chunk)
    for routed in chunk.routed { try takeTable(of: routed) }
  }

  func endFile() {}

  /// Writes the last segments.
  func finish() throws {
    for consumer in consumers.values { try consumer.finish() }
  }

  /// How many rows and dead letters each table of each tenant got, by their names.
  var shares: [StoreIngestion.Share] {
    var shares = consumers.map { destination, consumer in
      StoreIngestion.Share(
        tenant: destination.tenant,
        table: destination.table,
        acceptedRows: consumer.rowCount,
        deadLetters: 0
      )
    }
    for (table, count) in letters {
      let known = shares.firstIndex { $0.table == table && $0.tenant == session.tenant }
      if let known {
        shares[known].deadLetters += count
      } else {
        shares.append(
          StoreIngestion.Share(
            tenant: session.tenant,
            table: table,
            acceptedRows: 0,
            deadLetters: count
          )
        )
      }
    }
    return shares.sorted { ($0.tenant, $0.table) < ($1.tenant, $1.table) }
  }

  private func takeTable(of chunk: IngestedChunk) throws {
    for line in chunk.rejectedLines {
      try session.add(DeadLetter(line, of: chunk), of: chunk.table)
      letters[chunk.table, default: 0] += 1
    }
    report(chunk)
    if chunk.rowCount == 0 { return }
    for part in try TenantSplit.parts(of: chunk, by: tenantColumn) {
      let tenant = part.tenant.map(owner) ?? session.tenant
      let consumer = try consumer(Destination(tenant: tenant, table: chunk.table), chunk.path)
      try consumer.append(part.columns, count: part.count)
    }
    try finishLargest()
  }

  private func report(_ chunk: IngestedChunk) {
    var index = reports.firstIndex { $0.table == chunk.table } ?? reports.count
    if index == reports.count {
      reports.append(IngestionReport(table: chunk.table))
      index = reports.count - 1
    }
    reports[index].addRejections(of: chunk, describing: LoadLimits().describedProblems)
    reports[index].addCellProblems(of: chunk)
    reports[index].addColumns(of: chunk, tenantColumn: tenantColumn)
    reports[index].rowCount += chunk.rowCount
  }

  private func consumer(_ destination: Destination, _ path: String) throws -> SegmentConsumer {
    if let known = consumers[destination] { return known }
    if consumers.count == Self.destinationLimit {
      throw IngestionFailure(
        path,
        "the batch has rows for more than \(Self.destinationLimit) tables of tenants; "
          + "nothing was ingested, split the files"
      )
    }
    if !consumers.keys.contains(where: { $0.tenant == destination.tenant }) {
      try admit(destination.tenant)
    }
    let consumer = SegmentConsumer(
      session,
      tenant: destination.tenant,
      table: destination.table,
      statedColumns: destination.table == stated.table ? stated.columns : [],
      threads: threads,
      expectsManyRows: consumers.count < Self.fewDestinations,
      randomness: randomness
    )
    consumers[destination] = consumer
    return consumer
  }

  /// Ends the largest open segments while all of them have more rows than one may have, so that
  /// memory does not grow with the number of tables.
  private func finishLargest() throws {
    var waiting = consumers.values.reduce(0) { $0 + $1.waitingRows }
    while consumers.count > 1, waiting > SegmentWriter.rowLimit,
      let largest = consumers.values.max(by: { $0.waitingRows < $1.waitingRows })
    {
      waiting -= largest.waitingRows
      try largest.finish()
    }
  }
}

extension DeadLetter {
  fileprivate init(_ line: RejectedLine, of chunk: IngestedChunk) {
    self.init(
      source: chunk.path,
      offset: Int64(line.offset ?? -1),
      line: Int64(line.line),
      reason: line.reason,
      bytes: line.bytes
    )
    reading = chunk.reading.encoded
  }
}

public import FileAccess
import Columnar
import Execution
public import TableStore

/// Ingests files into a table of a store.
public struct StoreIngestion {
  private let store: TableStore
  private let files: any FileSystem
  private let randomness: any Randomness
  private let limits: LoadLimits

  public init(
    _ store: TableStore,
    files: any FileSystem = LocalFileSystem(),
    randomness: any Randomness = SystemRandomness(),
    limits: LoadLimits = LoadLimits()
  ) {
    self.store = store
    self.files = files
    self.randomness = randomness
    self.limits = limits
  }

  /// What came of an ingestion.
  public struct Answer: Sendable {
    public let outcome: IngestionOutcome
    public let report: IngestionReport
    /// The name under which the batch landed.
    public let batch: String
  }

  /// Ingests all files of a request as one batch: all of it becomes visible, or nothing.
  ///
  /// - Parameters:
  ///   - tenant: the tenant whose table it is.
  ///   - batch: the name of the batch; one of that name lands once. nil draws a name.
  ///   - letters: files of dead letters whose lines the batch holds again; they go with it.
  public func ingest(
    _ request: LoadRequest,
    tenant: String,
    batch: String?,
    replacing letters: [String] = []
  ) throws -> Answer {
    let name = batch ?? "batch-" + String(randomness.nextUInt64(), radix: 16)
    if batch != nil, let landed = try store.findBatch(name, of: tenant) {
      return Answer(outcome: landed, report: IngestionReport(table: request.table), batch: name)
    }
    let session = try store.beginIngestion(tenant: tenant, batch: name)
    for id in letters { session.replacesDeadLetters(id) }
    let consumer = SegmentConsumer(
      session,
      table: request.table,
      threads: limits.threads,
      randomness: randomness
    )
    do {
      try FileIngestion(files: files, randomness: randomness, limits: limits)
        .read(try withSchema(request, tenant: tenant), into: consumer)
      try consumer.finish()
    } catch {
      session.abandon()
      throw error
    }
    return Answer(outcome: try session.commit(), report: consumer.report, batch: name)
  }

  /// The request with the columns that the store knows, where neither user nor product say them.
  private func withSchema(_ request: LoadRequest, tenant: String) throws -> LoadRequest {
    var request = request
    let isKnown = TableSchemas.environment(request.environment).lookup(request.table) != nil
    if request.columns == nil, !isKnown {
      let known = try store.snapshot().tenant(tenant)?.table(request.table)?.schema.columns
      guard let known else {
        throw IngestionFailure(
          request.paths.first ?? "-",
          "the table '\(request.table)' is unknown; state its columns once as in "
            + "--table '\(request.table)(Name:string, Count:long)'"
        )
      }
      request.columns = known
    }
    return request
  }
}

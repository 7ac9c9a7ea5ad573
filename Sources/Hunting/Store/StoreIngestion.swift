public import FileAccess
import Columnar
import Execution
public import TableStore

/// Ingests files into tables of a store.
public struct StoreIngestion {
  private let store: TableStore
  private let files: any FileSystem
  private let randomness: any Randomness
  private let limits: LoadLimits
  private let admit: (String) throws -> Void
  private let owner: (String) -> String

  /// - Parameters:
  ///   - owner: the name of the tenant that rows name, which may be its `TenantId`.
  ///   - admit: throws where no rows of a tenant may be ingested; then nothing is.
  public init(
    _ store: TableStore,
    files: any FileSystem = LocalFileSystem(),
    randomness: any Randomness = SystemRandomness(),
    limits: LoadLimits = LoadLimits(),
    owner: @escaping (String) -> String = { $0 },
    admit: @escaping (String) throws -> Void = { _ in }
  ) {
    self.owner = owner
    self.admit = admit
    self.store = store
    self.files = files
    self.randomness = randomness
    self.limits = limits
  }

  /// What came of an ingestion.
  public struct Answer: Sendable {
    public let outcome: IngestionOutcome
    /// What there is to say of each table, in the order in which they came.
    public let reports: [IngestionReport]
    /// What each table of each tenant got; empty where the batch had landed before.
    public let shares: [Share]
    /// The name under which the batch landed.
    public let batch: String
  }

  /// What a table got of a batch.
  public struct Share: Sendable, Equatable {
    public let tenant: String
    public let table: String
    public let acceptedRows: Int
    public internal(set) var deadLetters: Int
  }

  /// Ingests all files of a request as one batch: all of it becomes visible, or nothing.
  ///
  /// - Parameters:
  ///   - tenant: the tenant whose tables they are, or, where a column names the tenant of each row,
  ///     the one that keeps the name of the batch and its dead letters.
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
      return Answer(outcome: landed, reports: [], shares: [], batch: name)
    }
    let session = try store.beginIngestion(
      tenant: tenant,
      isCustodian: request.tenantColumn != nil,
      batch: name
    )
    for id in letters { session.replacesDeadLetters(id) }
    let consumer = StoreConsumer(
      session,
      table: request.table,
      statedColumns: request.columns ?? [],
      tenantColumn: request.tenantColumn,
      threads: limits.threads,
      randomness: randomness,
      owner: owner,
      admit: admit
    )
    do {
      try FileIngestion(files: files, randomness: randomness, limits: limits)
        .read(try withSchema(request, tenant: tenant), into: consumer)
      try consumer.finish()
    } catch {
      session.abandon()
      throw error
    }
    return Answer(
      outcome: try session.commit(),
      reports: consumer.reports,
      shares: consumer.shares,
      batch: name
    )
  }

  /// The request with the columns that the store knows, where neither user nor product say them.
  private func withSchema(_ request: LoadRequest, tenant: String) throws -> LoadRequest {
    var request = request
    request.keepsForeignEvents = true
    if request.routes != nil {
      request.routes = RoutedTables(
        environment: request.environment,
        stored: try storedColumns(request, tenant: tenant)
      )
      return request
    }
    let isKnown = TableSchemas.environment(request.environment).lookup(request.table) != nil
    if request.columns == nil, !isKnown {
      let known = try storedColumns(request, tenant: tenant)[request.table]
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

  /// The columns of the store's tables that the product does not know, by name: those of the
  /// tenant, or those of any where rows name theirs.
  private func storedColumns(
    _ request: LoadRequest,
    tenant: String
  ) throws -> [String: [ColumnSchema]] {
    let schemas = TableSchemas.environment(request.environment)
    var columns: [String: [ColumnSchema]] = [:]
    for entry in try store.snapshot().tenants
    where request.tenantColumn != nil || entry.name == tenant {
      for table in entry.tables
      where schemas.lookup(table.name) == nil && !table.schema.columns.isEmpty {
        columns[table.name] = columns[table.name] ?? table.schema.columns
      }
    }
    return columns
  }
}

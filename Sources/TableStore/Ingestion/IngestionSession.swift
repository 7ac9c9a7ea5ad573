public import OperationalStore
import FileAccess
import Synchronization

/// One batch on its way into the tables of a tenant: all of it becomes visible at once, or
/// nothing.
///
/// Segments and dead letters may come from several threads and go to disk at once, so that a
/// batch may be larger than memory. A session that is released without `commit` leaves nothing.
public final class IngestionSession: Sendable {
  /// A segment and the place that it takes among those of its table.
  private struct Placed {
    let position: Int
    let segment: StagedSegment
  }

  private struct Contents {
    var segments: [Placed] = []
    var letters: [String: DeadLetterWriter] = [:]
    var replayed: [String] = []
    var isOver = false
  }

  /// The tenant of what names no other: all dead letters, and segments of no other tenant.
  public let tenant: String
  /// Whether the tenant only keeps the batch, whose rows name theirs.
  private let isCustodian: Bool
  /// The name under which the batch lands once.
  public let batch: String
  private let store: TableStore
  private let contents = Mutex(Contents())

  init(store: TableStore, tenant: String, isCustodian: Bool, batch: String) {
    self.store = store
    self.tenant = tenant
    self.isCustodian = isCustodian
    self.batch = batch
  }

  deinit { abandon() }

  /// Writes a segment of the batch to disk.
  ///
  /// - Parameters:
  ///   - owner: the tenant whose table it is; nil for that of the session.
  ///   - position: orders the rows of the segments of one table, whichever is done first.
  public func add(
    _ segment: SegmentFile,
    to table: String,
    of owner: String? = nil,
    at position: Int
  ) throws(StoreFailure) {
    let staged = try store.stage(segment, tenant: owner ?? tenant, table: table)
    let isOver = contents.withLock { contents in
      if !contents.isOver { contents.segments.append(Placed(position: position, segment: staged)) }
      return contents.isOver
    }
    if isOver {
      store.discard(staged)
      throw over
    }
  }

  /// Writes a line that cannot be ingested to the batch's file of dead letters of a table.
  public func add(_ letter: DeadLetter, of table: String) throws(StoreFailure) {
    if let why = StoreLayout.refusal(of: table, kind: "table") { throw store.refusal(why) }
    try store.writing { () throws(StoreFailure) in
      var failure: StoreFailure?
      contents.withLock { contents in
        do throws(StoreFailure) {
          if contents.isOver { throw over }
          let writer: DeadLetterWriter
          if let known = contents.letters[table] {
            writer = known
          } else {
            writer = try makeWriter(table)
            contents.letters[table] = writer
          }
          try store.touching { () throws(FileFailure) in try writer.append(letter) }
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
    }
  }

  /// Lets the commit forget a file of dead letters whose lines this batch holds again.
  public func replacesDeadLetters(_ id: String) {
    contents.withLock { $0.replayed.append(id) }
  }

  /// Makes the batch visible and tells its counts; from then on it outlasts a crash.
  ///
  /// Where a batch of this name landed before, the new data go and the old counts are told.
  public func commit() throws(StoreFailure) -> IngestionOutcome {
    let held = try takeContents()
    let segments = held.segments.sorted { $0.position < $1.position }.map(\.segment)
    let letters = held.letters.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map(\.value)
    do throws(StoreFailure) {
      for writer in letters {
        try store.writing { () throws(StoreFailure) in
          try store.touching { () throws(FileFailure) in try writer.finish() }
        }
      }
    } catch {
      discard(held)
      throw error
    }
    let arrival = Arrival(
      tenant: tenant,
      isCustodian: isCustodian,
      batch: batch,
      ingestedTicks: store.environment.clock.wallTicks,
      segments: segments,
      letters: letters.map(\.summary),
      replayed: held.replayed
    )
    let moves = segments.map(\.move) + letters.map(\.summary.move)
    let outcome = try store.commit(moves) { try $0.ingest(arrival) }
    if !outcome.isNew { store.withdraw(moves) }
    if !held.replayed.isEmpty { store.deleteRemovedFilesIfPossible() }
    return outcome
  }

  /// Drops the batch; nothing of it is left.
  public func abandon() {
    guard let held = try? takeContents() else { return }
    discard(held)
  }

  private func discard(_ held: Contents) {
    for placed in held.segments { store.discard(placed.segment) }
    for writer in held.letters.values { writer.discard() }
  }

  private func takeContents() throws(StoreFailure) -> Contents {
    let held = contents.withLock { contents -> Contents? in
      if contents.isOver { return nil }
      let held = contents
      contents = Contents(isOver: true)
      return held
    }
    guard let held else { throw over }
    return held
  }

  private var over: StoreFailure { store.refusal("batch '\(batch)' is over already") }

  private func makeWriter(_ table: String) throws(StoreFailure) -> DeadLetterWriter {
    let id = store.environment.makeID()
    let move = FileMove(
      temporaryPath: store.layout.temporary + "/" + id + ".partial",
      relativePath: StoreLayout.deadLetters(id, tenant: tenant, table: table)
    )
    return try store.touching { () throws(FileFailure) in
      try DeadLetterWriter(id: id, table: table, move: move, files: store.files)
    }
  }
}

extension StagedSegment {
  /// From where the file waits to where it will be.
  var move: FileMove { FileMove(temporaryPath: temporaryPath, relativePath: relativePath) }
}

extension TableStore {
  /// The longest name of a batch in bytes.
  private static let longestBatchName = 512

  /// Begins a batch of a tenant; batches of one name land once.
  ///
  /// - Parameter isCustodian: whether the tenant only keeps the batch's name and dead letters,
  ///   because rows name their tenants; it is no tenant of the store then unless rows name it.
  public func beginIngestion(
    tenant: String,
    isCustodian: Bool = false,
    batch: String
  ) throws(StoreFailure) -> IngestionSession {
    try writing { () throws(StoreFailure) in
      if let why = StoreLayout.refusal(of: tenant, kind: "tenant") { throw refusal(why) }
      if batch.isEmpty || batch.utf8.count > Self.longestBatchName {
        throw refusal("the name of a batch has 1 to \(Self.longestBatchName) bytes")
      }
      return IngestionSession(
        store: self,
        tenant: tenant,
        isCustodian: isCustodian,
        batch: batch
      )
    }
  }

  /// Tells what became of a batch; nil where none of that name landed.
  public func findBatch(
    _ batch: String,
    of tenant: String
  ) throws(StoreFailure) -> IngestionOutcome? {
    let path = path
    return try database.read {
      try Catalogue(database: $0, path: path).findBatch(batch, of: tenant)
    }
  }
}

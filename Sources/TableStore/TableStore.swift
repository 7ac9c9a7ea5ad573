import FileAccess
public import OperationalStore
import Synchronization

/// The columnar tables of all tenants on disk: which segments each has, at any moment whole.
///
/// One process writes, many read. Files are complete, synced and under their final names before
/// the one transaction of the catalogue that makes them visible; they never change afterwards.
/// A removed file is deleted once no snapshot of an earlier version is held by anybody: each
/// snapshot locks the position of its version in `READERS`, and the kernel drops the locks of a
/// process that dies. When data could not be synced, the store takes no more writes until it is
/// opened again.
public final class TableStore: Sendable {
  /// What the opener wants to do.
  public enum Mode: Sendable {
    /// Ingest, compact, drop: only one process at a time.
    case readWrite
    /// Query beside a writer.
    case readOnly
  }

  /// The snapshot that was read last: kept by a writer, only seen by a reader, since a reader
  /// that holds an old one while idle would keep the writer from deleting.
  private struct Latest {
    var kept: StoreSnapshot?
    weak var seen: StoreSnapshot?
  }

  let layout: StoreLayout
  let environment: StoreEnvironment
  let database: OperationalStore
  private let mode: Mode
  private let writerLock: (any FileLock)?
  private let latest = Mutex(Latest())
  private let stopCause = Mutex<String?>(nil)
  /// Folders that are known to be there for good.
  private let madeFolders = Mutex<Set<String>>([])

  var files: any DurableFileSystem { environment.files }

  /// The path of the store's folder.
  public var path: String { layout.root }

  /// Why the store takes no more writes; nil while it does.
  public var stopped: String? { stopCause.withLock { $0 } }

  init(
    layout: StoreLayout,
    environment: StoreEnvironment,
    database: OperationalStore,
    writerLock: (any FileLock)?
  ) {
    self.layout = layout
    self.environment = environment
    self.database = database
    self.writerLock = writerLock
    mode = writerLock == nil ? .readOnly : .readWrite
  }

  /// Hands out what is visible now.
  public func snapshot() throws(StoreFailure) -> StoreSnapshot {
    let path = layout.root
    let version = try database.read { try Catalogue(database: $0, path: path).version() }
    let known = latest.withLock { $0.kept ?? $0.seen }
    if let known, known.version == version { return known }
    let hold = try touching { () throws(FileFailure) in
      try files.lockShared(layout.readers, at: version)
    }
    let (newest, tenants) = try database.read { database in
      let catalogue = Catalogue(database: database, path: path)
      return (try catalogue.version(), try catalogue.tenants())
    }
    let snapshot = StoreSnapshot(version: newest, tenants: tenants, hold: hold)
    latest.withLock {
      $0.seen = snapshot
      if mode == .readWrite { $0.kept = snapshot }
    }
    return snapshot
  }

  /// Lets go of the snapshot that is kept, so that files may be deleted.
  func forgetSnapshot() {
    let released = latest.withLock { latest in
      let kept = latest.kept
      latest.kept = nil
      return kept
    }
    _ = released
  }

  /// Runs something that writes; refuses where the store may not be written, and stops all later
  /// writes where data may not have reached the disk.
  func writing<Value>(
    _ body: () throws(StoreFailure) -> Value
  ) throws(StoreFailure) -> Value {
    if mode == .readOnly { throw StoreFailure(.openedReadOnly, path: path) }
    if let cause = stopped { throw StoreFailure(.stopped(cause: cause), path: path) }
    do throws(StoreFailure) {
      return try body()
    } catch {
      if error.endsWriting { stopCause.withLock { $0 = $0 ?? error.description } }
      throw error
    }
  }

  /// Runs something on files and says of which store they are when it fails.
  func touching<Value>(
    _ body: () throws(FileFailure) -> Value
  ) throws(StoreFailure) -> Value {
    do throws(FileFailure) {
      return try body()
    } catch {
      throw StoreFailure(error, path: path)
    }
  }

  /// Makes a folder that lasts, once.
  func makeFolder(_ path: String) throws(FileFailure) {
    if madeFolders.withLock({ $0.contains(path) }) { return }
    try files.makeFoldersDurably(path)
    madeFolders.withLock { _ = $0.insert(path) }
  }

  /// Refuses what makes no sense for this store.
  func refusal(_ why: String) -> StoreFailure { StoreFailure(.refused(why), path: path) }
}

public import FileAccess

/// Says why a store could not do what it was asked, and what to do about it.
public struct StoreFailure: Error, Equatable, Sendable {
  /// What went wrong.
  public enum Reason: Equatable, Sendable {
    /// There is no store at the path.
    case missing
    /// Another process writes to the store; the text names it.
    case locked(holder: String)
    /// The database stayed locked longer than one waits.
    case busy
    /// Bytes on disk are not what was written.
    case corrupt(detail: String)
    /// The device has no space left.
    case full
    /// The store was opened for reading only.
    case openedReadOnly
    /// Data could not be made to last, so this process writes no more; the text is the cause.
    case stopped(cause: String)
    /// A newer version of Harrier wrote the store.
    case newerFormat(detail: String)
    /// An older version of Harrier wrote the store, and a reader cannot bring it up to date.
    case olderFormat(detail: String)
    /// A file could not be used.
    case file(FileFailure)
    /// What was asked makes no sense for this store; the text says why.
    case refused(String)
    /// Any other error of the database, by SQLite's extended code.
    case database(code: Int32, message: String)
  }

  public let reason: Reason
  /// The path of the store or of its database.
  public let path: String

  public init(_ reason: Reason, path: String) {
    self.reason = reason
    self.path = path
  }

  /// Wraps the failure of a file; a held lock and a full device keep their own reasons.
  public init(_ failure: FileFailure, path: String) {
    switch failure.reason {
    case .locked(let holder): self.init(.locked(holder: holder), path: path)
    case .noSpace where failure.operation != .sync: self.init(.full, path: path)
    default: self.init(.file(failure), path: path)
    }
  }

  /// Whether data may have failed to reach the disk although they were handed to the system.
  ///
  /// A writer stops for good then: a second try could succeed without saving anything.
  public var endsWriting: Bool {
    switch reason {
    case .file(let failure): failure.operation == .sync
    case .database(let code, _): code & 0xFF == Self.inputOutputError
    default: false
    }
  }

  /// Whether a statement went against the rows that are there, so that others may still succeed.
  public var isOfRows: Bool {
    if case .database(let code, _) = reason { return code & 0xFF == Self.constraintError }
    return false
  }

  /// SQLITE_CONSTRAINT, the low byte of all errors of rows that a table does not take.
  private static let constraintError: Int32 = 19

  /// SQLITE_IOERR, the low byte of all its I/O errors: a failed write of the log may still be
  /// found there when the database is opened again.
  private static let inputOutputError: Int32 = 10

  /// SQLITE_IOERR_SHMSIZE: the index of the log, a file that need not last, could not be made
  /// larger. A commit may have reached the log before, so that this ends writing too.
  private static let indexSizeError: Int32 = 4874
}

extension StoreFailure: CustomStringConvertible {
  /// A one-line message: what was found, what to do.
  public var description: String {
    switch reason {
    case .missing: "there is no store at '\(path)'; make one by ingesting into it"
    case .locked(let holder):
      "the store '\(path)' is being written by \(holder); wait until it has ended"
    case .busy: "the store '\(path)' is busy; try again"
    case .corrupt(let detail):
      "the store '\(path)' is damaged: \(detail); verify it, and restore a backup"
    case .full: "no space is left on the device of the store '\(path)'; free some and try again"
    case .openedReadOnly: "the store '\(path)' was opened for reading only"
    case .stopped(let cause):
      "the store '\(path)' takes no more writes, since earlier ones may be lost (\(cause)); "
        + "check the device, then start again"
    case .newerFormat(let detail):
      "a newer version of Harrier wrote the store '\(path)' (\(detail)); use that version"
    case .olderFormat(let detail):
      "an older version of Harrier wrote the store '\(path)' (\(detail)); "
        + "open it once for writing to bring it up to date"
    case .file(let failure): failure.description
    case .refused(let why): why
    case .database(Self.indexSizeError, _):
      "the database '\(path)' failed: no space is left for the index of its log, or its device "
        + "fails (SQLite error \(Self.indexSizeError)); free some space and try again"
    case .database(let code, let message):
      "the database '\(path)' failed: \(message) (SQLite error \(code))"
    }
  }
}

import FileAccess
import GRDB
public import OperationalStore

/// How a backup takes the files of segments.
public enum BackupMethod: Sendable {
  /// Copies the bytes: the backup stands alone, also on another device.
  case copying
  /// Gives the files a second name: at once and without space, but a failing device loses both.
  case linking
}

extension TableStore {
  /// Makes a backup in a new folder, beside readers and a writer.
  ///
  /// It is a store of its own, of one moment. It appears under its name only when it is complete
  /// and on disk; what an interrupted one left ends with `.partial`.
  public func backup(
    to directory: String,
    by method: BackupMethod = .copying
  ) throws(StoreFailure) {
    // The snapshot keeps the files of its version and of all later ones.
    let snapshot = try snapshot()
    let partial = directory + ".partial"
    try touching { () throws(FileFailure) in
      if try files.exists(directory) {
        throw FileFailure(.exists, path: directory, operation: .write)
      }
      if try files.exists(partial) {
        throw FileFailure(.exists, path: partial, operation: .write)
      }
      try files.makeFoldersDurably(partial)
    }
    let target = StoreLayout(root: partial)
    let copied = try database.copy(to: target.database) { database in
      // What was removed is not copied, so there is nothing to delete.
      try database.execute(sql: "DELETE FROM removed_files")
      return try Catalogue(database: database, path: partial).knownFiles().sorted()
    }
    try touching { () throws(FileFailure) in
      try copy(copied, to: target, by: method)
      try files.rename(partial, to: directory)
      try files.syncFolder(folder(of: directory))
    }
    withExtendedLifetime(snapshot) {}
  }

  /// Makes a store in a new folder of a backup.
  ///
  /// The backup is only read, and every file is looked for before it appears.
  public static func restore(
    _ backup: String,
    to directory: String,
    environment: StoreEnvironment = StoreEnvironment()
  ) throws(StoreFailure) {
    let store = try open(backup, mode: .readOnly, environment: environment)
    let verification = try store.verify { _, _ in nil }
    if let problem = verification.problems.first {
      throw StoreFailure(.corrupt(detail: "'\(problem.path)': \(problem.detail)"), path: backup)
    }
    try store.backup(to: directory)
  }

  private func copy(
    _ relativePaths: [String],
    to target: StoreLayout,
    by method: BackupMethod
  ) throws(FileFailure) {
    for folder in [target.segments, target.deadLetters, target.temporary] {
      try files.makeFolder(folder)
    }
    try files.writeSynced([], to: target.readers)
    var folders: Set<String> = [target.root]
    for relativePath in relativePaths {
      let source = path + "/" + relativePath
      let copy = target.root + "/" + relativePath
      try files.makeFoldersDurably(folder(of: copy))
      switch method {
      case .copying: try files.copySynced(source, to: copy)
      case .linking: try files.link(source, to: copy)
      }
      folders.insert(folder(of: copy))
    }
    for folder in folders.sorted() { try files.syncFolder(folder) }
  }
}

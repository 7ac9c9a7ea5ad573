import FileAccess
public import OperationalStore

extension TableStore {
  /// Clears away what an earlier writer left: unfinished files, files that no transaction made
  /// visible, and removed files that it did not get to delete.
  func recover() throws(StoreFailure) {
    let path = path
    let known = try database.read { try Catalogue(database: $0, path: path).knownFiles() }
    try touching { () throws(FileFailure) in
      try clear(layout.temporary)
      for folder in ["segments", "dead-letters"] { try sweep(folder, keeping: known, depth: 2) }
    }
    _ = try deleteRemovedFiles()
  }

  /// Removes all files of a folder, and folders in it.
  private func clear(_ folder: String) throws(FileFailure) {
    for name in try files.list(folder) {
      let path = folder + "/" + name
      if try files.status(of: path).kind == .directory {
        try clear(path)
        try files.removeFolder(path)
      } else {
        try files.remove(path)
      }
    }
  }

  /// Removes files in the folders of tables that the catalogue does not know.
  private func sweep(
    _ folder: String,
    keeping known: Set<String>,
    depth: Int
  ) throws(FileFailure) {
    for name in try files.list(layout.root + "/" + folder) {
      let relative = folder + "/" + name
      if depth > 0 {
        try sweep(relative, keeping: known, depth: depth - 1)
      } else if !known.contains(relative) {
        try files.remove(layout.root + "/" + relative)
      }
    }
  }

  /// Deletes removed files that no snapshot has any more, and returns how many.
  ///
  /// A file that was removed by version n may be in snapshots of versions below n only.
  @discardableResult
  public func deleteRemovedFiles() throws(StoreFailure) -> Int {
    try writing { () throws(StoreFailure) in
      forgetSnapshot()
      let path = path
      let removed = try database.read { try Catalogue(database: $0, path: path).removedFiles() }
      var free: [String] = []
      var clearedVersion: Int64 = 0
      for (file, version) in removed {
        if version > clearedVersion {
          let isHeld = try touching { () throws(FileFailure) in
            try files.hasSharedLocks(layout.readers, below: version)
          }
          if isHeld { break }
          clearedVersion = version
        }
        free.append(file)
      }
      if free.isEmpty { return 0 }
      for file in free { try removeIfPresent(layout.root + "/" + file) }
      try database.write { database in
        let catalogue = Catalogue(database: database, path: path)
        for file in free { try catalogue.forgetRemovedFile(file) }
      }
      return free.count
    }
  }

  /// Deletes removed files after a change that is done whether or not this works: what is left
  /// is tried again after the next change and when a writer opens.
  func deleteRemovedFilesIfPossible() {
    _ = try? deleteRemovedFiles()
  }

  private func removeIfPresent(_ path: String) throws(StoreFailure) {
    try touching { () throws(FileFailure) in
      do throws(FileFailure) {
        try files.remove(path)
      } catch {
        if error.reason != .missing { throw error }
      }
    }
  }
}

import FileAccess
public import OperationalStore

extension TableStore {
  /// Writes a segment to disk and syncs it; it is in no table before a commit takes it.
  ///
  /// Any thread may call this. What is never committed goes with `discard` or when a writer opens.
  public func stage(
    _ segment: SegmentFile,
    tenant: String,
    table: String
  ) throws(StoreFailure) -> StagedSegment {
    try writing { () throws(StoreFailure) in
      let refusal =
        segment.refusal ?? StoreLayout.refusal(of: tenant, kind: "tenant")
        ?? StoreLayout.refusal(of: table, kind: "table")
      if let refusal { throw self.refusal(refusal) }
      let temporary = layout.temporary + "/" + segment.id + ".partial"
      try touching { () throws(FileFailure) in
        do throws(FileFailure) {
          try files.writeSynced(segment.chunks, to: temporary)
        } catch {
          if error.reason != .exists { try? files.remove(temporary) }
          throw error
        }
      }
      return StagedSegment(
        tenant: tenant,
        table: table,
        id: segment.id,
        schema: segment.schema,
        rowCount: segment.rowCount,
        byteCount: segment.byteCount,
        checksum: segment.checksum,
        times: segment.times,
        temporaryPath: temporary,
        relativePath: StoreLayout.segment(segment.id, tenant: tenant, table: table)
      )
    }
  }

  /// Removes a staged segment that will not be committed.
  public func discard(_ segment: StagedSegment) {
    try? files.remove(segment.temporaryPath)
  }

  /// Gives finished files their final names, durably. They stay invisible.
  func publish(_ moves: [FileMove]) throws(StoreFailure) {
    try touching { () throws(FileFailure) in
      var folders: Set<String> = []
      for move in moves {
        let target = layout.root + "/" + move.relativePath
        let folder = folder(of: target)
        try makeFolder(folder)
        if try files.exists(target) {
          throw FileFailure(.exists, path: target, operation: .rename)
        }
        try files.rename(move.temporaryPath, to: target)
        folders.insert(folder)
      }
      for folder in folders.sorted() { try files.syncFolder(folder) }
    }
  }

  /// Removes files that were published but not made visible; what cannot be removed goes when a
  /// writer opens.
  func withdraw(_ moves: [FileMove]) {
    for move in moves { try? files.remove(layout.root + "/" + move.relativePath) }
  }

  /// Publishes files and runs the transaction that makes them visible.
  ///
  /// Where the transaction fails for good the files go. Where the outcome is unknown they stay:
  /// opening the store again finds out.
  func commit<Value>(
    _ moves: [FileMove],
    _ change: (Catalogue) throws -> Value
  ) throws(StoreFailure) -> Value {
    try writing { () throws(StoreFailure) in
      do throws(StoreFailure) {
        try publish(moves)
      } catch {
        for move in moves { try? files.remove(move.temporaryPath) }
        throw error
      }
      return try runCommit(moves, change)
    }
  }

  private func runCommit<Value>(
    _ moves: [FileMove],
    _ change: (Catalogue) throws -> Value
  ) throws(StoreFailure) -> Value {
    let path = path
    do throws(StoreFailure) {
      let value = try database.write { try change(Catalogue(database: $0, path: path)) }
      forgetSnapshot()
      return value
    } catch {
      if !error.endsWriting { withdraw(moves) }
      throw error
    }
  }
}

/// A finished file and the name that it will get, below the store's folder.
struct FileMove: Sendable {
  let temporaryPath: String
  let relativePath: String
}

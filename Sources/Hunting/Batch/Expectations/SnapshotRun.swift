import FileAccess

/// Compares the results of a query file with its snapshot, or writes that.
struct SnapshotRun {
  private let file: QueryFile
  private let path: String
  private let files: any FileSystem
  private let mode: BatchOptions.SnapshotMode

  init(_ file: QueryFile, files: any FileSystem, mode: BatchOptions.SnapshotMode) {
    self.file = file
    self.files = files
    self.mode = mode
    path = QueryFile.snapshotFile(of: file.path)
  }

  /// Does what the mode asks for; nil where there is nothing to compare and nothing to write.
  ///
  /// A snapshot beside a file is held against, whether the file says so or not.
  func settle(_ ending: FileRun.Ending) throws(BatchProblem) -> FileOutcome.SnapshotChange? {
    let kept = try kept()
    let isExpected = file.directives.expectations.contains(.snapshot)
    let isNew = mode == .record && file.directives.expectations.isEmpty
    guard kept != nil || isExpected || isNew else { return nil }
    guard case .answer(let answer) = ending else {
      // The error is a problem already, unless it is an expected one.
      if !file.directives.expectations.contains(where: \.isError) { return nil }
      throw problem("there is a snapshot, but the query is expected to fail; remove one of them")
    }
    // Results without some tenant's rows are not to be recorded.
    if !answer.failures.isEmpty { return nil }
    let found: Snapshot
    do {
      found = try Snapshot(answer.tables.map(\.result), sorted: file.directives.isUnordered)
    } catch {
      throw problem((error as? Snapshot.Failure)?.message ?? "\(error)")
    }
    if mode == .compare {
      try compare(kept, found)
      return nil
    }
    return try write(found, over: kept)
  }

  private func kept() throws(BatchProblem) -> [UInt8]? {
    do throws(FileFailure) {
      return try files.readAll(path, limitBytes: 2 * Snapshot.limitBytes)
    } catch {
      if error.reason == .missing { return nil }
      throw problem(error.description)
    }
  }

  private func compare(_ kept: [UInt8]?, _ found: Snapshot) throws(BatchProblem) {
    guard let kept else {
      throw problem("there is no snapshot yet; record it with --update")
    }
    var expected: Snapshot
    do throws(Snapshot.Failure) {
      expected = try Snapshot(file: kept)
    } catch {
      throw problem("the snapshot is damaged: \(error.message); write it anew with --update")
    }
    if file.directives.isUnordered { expected.sortRows() }
    if let difference = SnapshotDifference(expected: expected, found: found) {
      throw problem(difference.message, details: difference.details)
    }
  }

  private func write(
    _ found: Snapshot,
    over kept: [UInt8]?
  ) throws(BatchProblem) -> FileOutcome.SnapshotChange {
    // A checkout with other line ends is no change.
    if let kept, let old = try? Snapshot(file: kept), old == found { return .unchanged }
    do throws(FileFailure) {
      try files.write(found.bytes, to: path)
    } catch {
      throw problem(error.description)
    }
    return kept == nil ? .created : .updated
  }

  private func problem(_ message: String, details: [String] = []) -> BatchProblem {
    BatchProblem(.snapshot, message, details: details, file: path)
  }
}

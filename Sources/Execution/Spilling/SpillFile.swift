import Columnar
import FileAccess
import Segments
import Synchronization

/// Batches that were put aside on disk, compressed; the space is free when all are let go.
final class SpillFile: Sendable {
  fileprivate let file: any TemporaryFile
  private let place: String

  init(_ files: any TemporaryFiles) throws {
    place = files.path
    do throws(FileFailure) { file = try files.makeTemporaryFile() } catch {
      throw SpillFailure.failure(error, files.path)
    }
  }

  fileprivate func append(_ bytes: UnsafeRawBufferPointer) throws -> Int64 {
    do throws(FileFailure) { return try file.append(bytes) } catch {
      throw SpillFailure.failure(error, place)
    }
  }

  fileprivate func read(_ position: Int64, _ count: Int) throws -> [UInt8] {
    var failure: FileFailure?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let target = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count)
      do throws(FileFailure) {
        try file.read(at: position, into: target)
      } catch {
        failure = error
      }
      filled = count
    }
    if let failure { throw SpillFailure.failure(failure, place) }
    return bytes
  }

  fileprivate var damage: QueryFailure {
    QueryFailure(.input, "what was put aside in '\(place)' cannot be read; its disk is failing")
  }
}

/// Rows on disk.
struct SpilledBatch: Sendable {
  let rowCount: Int
  fileprivate let types: [ScalarType]
  fileprivate let file: SpillFile
  fileprivate let position: Int64
  fileprivate let storedBytes: Int
  /// Bytes before compression.
  let rawBytes: Int

  /// Reads the rows.
  func load() throws -> Batch {
    let stored = try file.read(position, storedBytes)
    if storedBytes == rawBytes { return try decode(stored) }
    var isWhole = false
    let raw = [UInt8](unsafeUninitializedCapacity: rawBytes) { buffer, filled in
      let target = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: rawBytes)
      isWhole = stored.withUnsafeBytes { Decompression.expand($0, into: target) }
      filled = rawBytes
    }
    if !isWhole { throw file.damage }
    return try decode(raw)
  }

  private func decode(_ bytes: [UInt8]) throws -> Batch {
    let batch = bytes.withUnsafeBytes { raw in
      var decoder = BatchDecoder(raw)
      return decoder.batch(types, count: rowCount)
    }
    guard let batch else { throw file.damage }
    return batch
  }
}

/// Puts batches aside within one thread.
final class SpillWriter {
  /// Bytes of rows that are written, and later read, at a time.
  private let blockBytes: Int
  private let file: SpillFile
  private let budget: QueryBudget
  private let compressor = Compressor(level: 1)
  private var encoder = BatchEncoder()

  /// Makes a file; the context must allow it.
  init(_ context: ExecutionContext) throws {
    guard let files = context.options.spill else {
      throw QueryFailure(.memory, "there is no place to put rows aside; name one with --spill")
    }
    file = try SpillFile(files)
    budget = context.budget
    blockBytes = max(1 << 10, min(512 << 10, budget.memoryLimit / 512))
  }

  /// Writes the rows of a batch.
  func write(_ batch: Batch) throws -> [SpilledBatch] {
    let types = batch.columns.map(\.type)
    let bytes = batch.flatByteCount
    let rows = max(16, min(4096, batch.count * blockBytes / max(1, bytes)))
    return try stride(from: 0, to: batch.count, by: rows).map { start in
      try budget.check()
      return try writeBlock(batch.slice(start..<min(batch.count, start + rows)), types)
    }
  }

  private func writeBlock(_ batch: Batch, _ types: [ScalarType]) throws -> SpilledBatch {
    encoder.encode(batch)
    let position: Int64
    let packed = encoder.bytes.withUnsafeBytes { compressor.compress($0) }
    if let packed {
      position = try packed.withUnsafeBytes { try file.append($0) }
    } else {
      position = try encoder.bytes.withUnsafeBytes { try file.append($0) }
    }
    let storedBytes = packed?.count ?? encoder.bytes.count
    budget.note(spilledBytes: storedBytes)
    return SpilledBatch(
      rowCount: batch.count,
      types: types,
      file: file,
      position: position,
      storedBytes: storedBytes,
      rawBytes: encoder.bytes.count
    )
  }
}

/// Says why rows could not be put aside.
enum SpillFailure {
  static func failure(_ failure: FileFailure, _ place: String) -> QueryFailure {
    let text =
      "the query needs more than its memory limit, and rows cannot be put aside in '\(place)': "
    guard failure.reason == .noSpace else {
      return QueryFailure(.input, text + "\(failure); name another folder with --spill")
    }
    return QueryFailure(
      .memory,
      text + "no space is left there; free some, name another folder with --spill, narrow the "
        + "query or raise --memory"
    )
  }
}

extension ExecutionContext {
  /// Whether rows may be put aside on disk.
  var canSpill: Bool { options.spill != nil }
}

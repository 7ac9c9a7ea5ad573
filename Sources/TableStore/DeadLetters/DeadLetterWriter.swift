import CZlib
import FileAccess

/// Writes the dead letters of one batch and table to a file that the batch's commit publishes.
///
/// Its owner's lock is held around each call.
final class DeadLetterWriter {
  private static let bufferBytes = 64 * 1024

  private let id: String
  private let table: String
  private let move: FileMove
  private let files: any DurableFileSystem
  private let file: any DurableFile
  private var waiting = DeadLetterFormat.heading
  /// How the letter before was read; nil before the first.
  private var reading: [UInt8]?
  private var letterCount: Int64 = 0
  private var byteCount: Int64 = 0
  private var checksum: UInt32 = 0

  init(
    id: String,
    table: String,
    move: FileMove,
    files: any DurableFileSystem
  ) throws(FileFailure) {
    self.id = id
    self.table = table
    self.move = move
    self.files = files
    file = try files.create(move.temporaryPath)
  }

  /// What the catalogue is to know, once the file is finished.
  var summary: DeadLetterSummary {
    DeadLetterSummary(
      id: id,
      table: table,
      move: move,
      letterCount: letterCount,
      byteCount: byteCount,
      checksum: checksum
    )
  }

  /// Takes a letter.
  func append(_ letter: DeadLetter) throws(FileFailure) {
    DeadLetterFormat.append(letter, after: reading, to: &waiting)
    reading = letter.reading
    letterCount += 1
    if waiting.count >= Self.bufferBytes { try flush() }
  }

  /// Writes what waits and lets it last.
  func finish() throws(FileFailure) {
    try flush()
    try file.sync()
  }

  /// Removes the file.
  func discard() { try? files.remove(move.temporaryPath) }

  private func flush() throws(FileFailure) {
    if waiting.isEmpty { return }
    try file.write(waiting)
    byteCount += Int64(waiting.count)
    checksum = waiting.withUnsafeBytes { DeadLetterChecksum.extend(checksum, with: $0) }
    waiting.removeAll(keepingCapacity: true)
  }
}

/// The CRC-32 of a file of dead letters.
enum DeadLetterChecksum {
  static func extend(_ checksum: UInt32, with bytes: UnsafeRawBufferPointer) -> UInt32 {
    var sum = UInt(checksum)
    var start = 0
    while start < bytes.count {
      let count = min(bytes.count - start, 1 << 30)
      let part = UnsafeRawBufferPointer(rebasing: bytes[start..<start + count])
      sum = crc32(sum, part.bindMemory(to: UInt8.self).baseAddress, UInt32(count))
      start += count
    }
    return UInt32(truncatingIfNeeded: sum)
  }
}

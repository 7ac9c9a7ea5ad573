import CSIMD
import Columnar
import FileAccess
import Synchronization

/// A run of whole lines of a text, as they were read.
struct LineBlock: Sendable {
  /// The bytes; at least 64 zeroed ones follow them.
  let buffer: Buffer
  let count: Int
  /// Where the block begins in its text, in bytes.
  let offset: Int
  /// The number of the first line, from 1.
  let firstLine: Int
  /// Bytes of the text that the block stands for.
  let textBytes: Int
  /// Whether the block stands for one line that is too long, of which only the begin is here.
  let isOverlong: Bool
}

/// Memory of blocks that is used again: fresh pages cost more than what is read into them.
final class BlockMemory: Sendable {
  private let blockBytes: Int
  private let free = Mutex<[Buffer]>([])

  /// Makes an empty store of buffers of `blockBytes`.
  init(blockBytes: Int) { self.blockBytes = blockBytes }

  /// Gives a buffer of at least `byteCount` bytes, which a caller may give back.
  func take(_ byteCount: Int) -> Buffer {
    if byteCount <= blockBytes, let used = free.withLock({ $0.popLast() }) { return used }
    return Buffer(byteCount: max(blockBytes, byteCount))
  }

  /// Takes the memory of a block that nothing refers to any more.
  func giveBack(_ block: LineBlock) {
    if block.buffer.byteCount == blockBytes { free.withLock { $0.append(block.buffer) } }
  }
}

/// Cuts a text into blocks of whole lines for workers that read them independently.
final class LineBlocks {
  /// Bytes that are kept of a line that is too long.
  private static let overlongSample = 1024

  private let source: any ByteSource
  private let memory: BlockMemory
  private let recordBytes: Int
  /// Bytes behind the last block.
  private var rest: [UInt8] = []
  private var offset = 0
  private var line = 1
  private var isComplete = false

  /// Makes the blocks of `source`: as large as those of `memory`, more where lines are longer,
  /// up to `recordBytes`.
  init(_ source: any ByteSource, in memory: BlockMemory, recordBytes: Int) {
    self.source = source
    self.memory = memory
    self.recordBytes = recordBytes
  }

  /// Reads the next block; nil at the end.
  func next() throws(FileFailure) -> LineBlock? {
    var buffer = memory.take(rest.count)
    var count = rest.count
    rest.withUnsafeBytes { held in
      if let base = held.baseAddress { memcpy(buffer.base, base, held.count) }
    }
    rest = []
    var searched = 0
    while true {
      count += try fill(buffer, from: count)
      if isComplete { return count > 0 ? block(buffer, count, of: count) : nil }
      if let end = Self.lastLineEnd(buffer, searched..<count) {
        return block(buffer, end + 1, of: count)
      }
      if count > recordBytes { return try skipLine(buffer, count) }
      searched = count
      let larger = Buffer(byteCount: buffer.byteCount * 2)
      memcpy(larger.base, buffer.base, count)
      buffer = larger
    }
  }

  private func fill(_ buffer: Buffer, from count: Int) throws(FileFailure) -> Int {
    let room = buffer.byteCount - count
    if isComplete { return 0 }
    let free = UnsafeMutableRawBufferPointer(start: buffer.base + count, count: room)
    let read = try source.fill(free)
    if read < room { isComplete = true }
    return read
  }

  /// Makes a block of the first bytes and keeps those behind it.
  private func block(_ buffer: Buffer, _ used: Int, of count: Int) -> LineBlock {
    let base = buffer.values(UInt8.self)
    rest = Array(UnsafeBufferPointer(start: base + used, count: count - used))
    memset(base + used, 0, min(Buffer.padding, buffer.byteCount - used))
    let block = LineBlock(
      buffer: buffer,
      count: used,
      offset: offset,
      firstLine: line,
      textBytes: used,
      isOverlong: false
    )
    offset += used
    line += countLineEnds(base, 0..<used)
    return block
  }

  /// Passes over a line of which `count` bytes were read and which is too long.
  private func skipLine(_ buffer: Buffer, _ count: Int) throws(FileFailure) -> LineBlock {
    let sample = Buffer(byteCount: min(count, Self.overlongSample))
    memcpy(sample.base, buffer.base, sample.byteCount)
    let base = buffer.values(UInt8.self)
    var skipped = count
    while !isComplete {
      let read = try fill(buffer, from: 0)
      if let end = memchr(base, 0x0A, read) {
        let used = UnsafeRawPointer(end) - UnsafeRawPointer(base) + 1
        rest = Array(UnsafeBufferPointer(start: base + used, count: read - used))
        skipped += used
        break
      }
      skipped += read
    }
    let block = LineBlock(
      buffer: sample,
      count: sample.byteCount,
      offset: offset,
      firstLine: line,
      textBytes: skipped,
      isOverlong: true
    )
    offset += skipped
    line += 1
    return block
  }

  private static func lastLineEnd(_ buffer: Buffer, _ range: Range<Int>) -> Int? {
    let base = buffer.values(UInt8.self)
    return range.last { base[$0] == 0x0A }
  }
}

/// Counts line ends.
func countLineEnds(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int {
  csimd_count_byte(base + range.lowerBound, range.count, 0x0A)
}

import CSIMD
import Columnar

/// Finds lines of a block by number, as they were read.
struct SourceLines {
  private let block: LineBlock
  /// The line looked for last, and where it begins.
  private var number: Int
  private var start = 0

  init(_ block: LineBlock) {
    self.block = block
    number = block.firstLine
  }

  /// The bytes of a line, without its end, and where it begins in the text.
  mutating func line(_ wanted: Int) -> (offset: Int, bytes: [UInt8]) {
    if wanted < number {
      number = block.firstLine
      start = 0
    }
    while number < wanted, start < block.count {
      start = min(block.count, end(from: start) + 1)
      number += 1
    }
    let base = block.buffer.values(UInt8.self) + start
    let bytes = UnsafeBufferPointer(start: base, count: end(from: start) - start)
    return (block.offset + start, Array(bytes))
  }

  private func end(from start: Int) -> Int {
    let base = block.buffer.values(UInt8.self)
    guard let found = memchr(base + start, 0x0A, block.count - start) else { return block.count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}

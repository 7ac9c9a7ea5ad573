import Columnar

/// Parses blocks of lines with one JSON event, or an array of events, each.
///
/// Made for one thread; what it learns of keys and values in one block serves the next.
final class JSONLineParser {
  private let path: String
  private let limits: LoadLimits
  private let builder: ChunkBuilder
  private var events: JSONEventReader

  init(_ outline: TableOutline, path: String, limits: LoadLimits, seed: UInt64) {
    self.path = path
    self.limits = limits
    builder = ChunkBuilder(outline, limits: limits, seed: seed)
    events = JSONEventReader(builder, path: path, limits: limits, seed: seed)
  }

  /// Makes a chunk of a block.
  func parse(_ lines: LineBlock) throws -> IngestedChunk {
    var replaced = 0
    if lines.isOverlong {
      builder.reject(lines)
    } else {
      let block = TextBlock(lines, path: path)
      replaced = block.replacedSequenceCount
      try read(block)
    }
    return builder.finishChunk(
      path: path,
      textBytes: lines.textBytes,
      replacedSequences: replaced
    )
  }

  private func read(_ block: TextBlock) throws {
    while block.waiting > 0 {
      let start = block.start
      let end = block.lineEnd(from: start) ?? block.end
      block.start = min(end + 1, block.end)
      if end - start > limits.recordBytes {
        builder.reject(at: start, of: block, limits.longLineReason)
        continue
      }
      do throws(JSONFault) {
        try readLine(block.base, start, end)
      } catch {
        builder.reject(at: start, of: block, error.reason)
        continue
      }
      try takeLine(start, end, of: block)
      if events.batch.isFull { builder.take(&events.batch, from: block) }
    }
    builder.take(&events.batch, from: block)
  }

  /// Checks that a line is one object or array, and scans an object.
  private func readLine(
    _ base: UnsafePointer<UInt8>,
    _ start: Int,
    _ end: Int
  ) throws(JSONFault) {
    var cursor = JSONCursor(base: base, from: start, to: end)
    cursor.skipBlanks()
    if cursor.isAtEnd { return }
    switch cursor.current {
    case UInt8(ascii: "{"): try events.scanObject(&cursor)
    case UInt8(ascii: "["): _ = try cursor.value()
    default: throw cursor.unexpected("an object")
    }
    cursor.skipBlanks()
    if !cursor.isAtEnd { throw cursor.unexpected("the end of the line") }
  }

  /// Puts a line that was checked into the chunk.
  private func takeLine(_ start: Int, _ end: Int, of block: TextBlock) throws {
    var cursor = JSONCursor(base: block.base, from: start, to: end)
    cursor.skipBlanks()
    if cursor.isAtEnd { return }
    if cursor.current == UInt8(ascii: "{") { return try events.take(from: start, of: block) }
    let array = TextView(base: block.base + cursor.position, count: end - cursor.position)
    try events.takeElements(of: array, from: start, of: block)
  }
}

import CSIMD
import Columnar
import FileAccess

/// The part of a file that is in memory, as valid UTF-8, and where it lies in the file.
///
/// Readers consume records from `start` on; `refill` drops what was consumed and reads more behind
/// the rest. At least 64 zeroed bytes may be read behind `end`.
final class TextBlock {
  /// The bytes that a step adds.
  private static let stepBytes = 4 << 20

  let path: String
  /// What more is read from; nil where all is here.
  private let source: (any ByteSource)?
  private var memory: Buffer
  /// The lines as they were read, where all of them are here.
  private var lines: SourceLines?
  /// Offset of the first byte that is not consumed.
  var start = 0
  /// Offset behind the last byte.
  private(set) var end = 0
  /// Bytes behind `end` that begin a character whose rest is still to come.
  private var pending: [UInt8] = []
  /// Where the first byte lies in the text, before replacements.
  private var offsetOfFirstByte = 0
  /// A place of the memory whose line is known.
  private var knownLine = (offset: 0, line: 1)
  /// Whether all of the file is in memory or consumed.
  private(set) var isComplete = false
  private(set) var bytesRead = 0
  private(set) var replacedSequenceCount = 0

  init(_ source: any ByteSource) {
    self.source = source
    path = source.path
    memory = Buffer(byteCount: Self.stepBytes)
  }

  /// Makes a text of lines that were read already.
  init(_ lines: LineBlock, path: String) {
    self.path = path
    source = nil
    memory = lines.buffer
    self.lines = SourceLines(lines)
    offsetOfFirstByte = lines.offset
    knownLine.line = lines.firstLine
    isComplete = true
    bytesRead = lines.textBytes
    if csimd_is_utf8(lines.buffer.values(UInt8.self), lines.count) {
      end = lines.count
    } else {
      // The bytes as they were read belong to the block.
      memory = Buffer(copying: UnsafeRawBufferPointer(start: memory.base, count: lines.count))
      replaceInvalid(lines.count)
      memset(memory.base + end, 0, min(Buffer.padding, memory.byteCount - end))
    }
  }

  /// The first byte of the memory; offsets count from it.
  var base: UnsafePointer<UInt8> { UnsafePointer(memory.values(UInt8.self)) }

  /// The number of bytes that wait.
  var waiting: Int { end - start }

  /// The line, from 1, of a byte that is in memory.
  func line(at offset: Int) -> Int {
    if offset < knownLine.offset {
      return knownLine.line - countLineEnds(base, offset..<knownLine.offset)
    }
    knownLine.line += countLineEnds(base, knownLine.offset..<offset)
    knownLine.offset = offset
    return knownLine.line
  }

  /// The line from a byte on that is in memory, and where it lies in the text as it was read;
  /// nil where that is not known any more since bytes before it were replaced.
  func sourceLine(from offset: Int) -> (offset: Int?, bytes: [UInt8]) {
    if let found = lines?.line(line(at: offset)) { return (found.offset, found.bytes) }
    let rest = offset..<(lineEnd(from: offset) ?? end)
    let bytes = Array(UnsafeBufferPointer(start: base + offset, count: rest.count))
    return (replacedSequenceCount == 0 ? offsetOfFirstByte + offset : nil, bytes)
  }

  /// A value in memory as it was read, and where it lies.
  ///
  /// Where bytes of the block were replaced, a value that is a line is given as it was read, and
  /// one within a line with the replacements.
  func source(
    of value: TextView,
    inRecordAt offset: Int
  ) -> (line: Int, offset: Int?, bytes: [UInt8]) {
    let place = value.base - base
    let line = line(at: place)
    var cursor = JSONCursor(base: base, from: offset, to: end)
    cursor.skipBlanks()
    let valueEnd = place + value.count
    if cursor.position == place, valueEnd + 1 >= lineEnd(from: place) ?? end,
      lineEnd(from: place) ?? end >= valueEnd
    {
      let whole = sourceLine(from: offset)
      return (line, whole.offset, whole.bytes)
    }
    let isExact = replacedSequenceCount == 0
    return (line, isExact ? offsetOfFirstByte + place : nil, Array(value.buffer))
  }

  /// Reads more; false where nothing came because the file has ended.
  func refill() throws -> Bool {
    guard !isComplete, let source else { return false }
    dropConsumed()
    if memory.byteCount - end < Self.stepBytes / 2 { grow() }
    let target = memory.values(UInt8.self) + end
    pending.withUnsafeBufferPointer { held in
      if let from = held.baseAddress { target.update(from: from, count: held.count) }
    }
    let room = memory.byteCount - end - pending.count
    let free = UnsafeMutableRawBufferPointer(start: target + pending.count, count: room)
    let count = try source.fill(free)
    bytesRead += count
    isComplete = count < room
    take(pending.count + count)
    return true
  }

  /// Makes bytes behind `end` valid UTF-8 and counts them in.
  private func take(_ count: Int) {
    let target = memory.values(UInt8.self) + end
    let cut = isComplete ? 0 : Self.cutCharacter(target, count)
    pending = Array(UnsafeBufferPointer(start: target + (count - cut), count: cut))
    let whole = count - cut
    if csimd_is_utf8(target, whole) {
      end += whole
    } else {
      replaceInvalid(whole)
    }
    memset(memory.base + end, 0, min(Buffer.padding, memory.byteCount - end))
  }

  /// Replaces each byte sequence that is not UTF-8, since text must be valid everywhere else.
  private func replaceInvalid(_ count: Int) {
    let found = UnsafeBufferPointer(start: memory.values(UInt8.self) + end, count: count)
    let before = Self.replacements(found)
    var repaired = String(decoding: found, as: UTF8.self)
    repaired.withUTF8 { text in
      if memory.byteCount - end < text.count { grow(by: text.count) }
      if let from = text.baseAddress {
        (memory.values(UInt8.self) + end).update(from: from, count: text.count)
      }
      replacedSequenceCount += Self.replacements(text) - before
      end += text.count
    }
  }

  /// Counts the U+FFFD in a text.
  private static func replacements(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    for index in text.indices.dropLast(2) where text[index] == 0xEF {
      if text[index + 1] == 0xBF, text[index + 2] == 0xBD { count += 1 }
    }
    return count
  }

  /// The number of bytes at the end that begin a character whose rest is missing.
  private static func cutCharacter(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    for back in 1...3 where back <= count {
      let byte = bytes[count - back]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > back ? back : 0
    }
    return 0
  }

  private func dropConsumed() {
    if start == 0 { return }
    knownLine = (0, line(at: start))
    offsetOfFirstByte += start
    memmove(memory.base, memory.base + start, end - start)
    end -= start
    start = 0
  }

  private func grow(by more: Int = 0) {
    let larger = Buffer(byteCount: max(memory.byteCount * 2, end + more + Self.stepBytes))
    memcpy(larger.base, memory.base, end)
    memory = larger
  }

  /// The offset of the next line end from `offset` on, or nil.
  func lineEnd(from offset: Int) -> Int? {
    guard offset < end, let found = memchr(base + offset, 0x0A, end - offset) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}

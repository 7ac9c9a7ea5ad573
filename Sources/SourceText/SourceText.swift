/// A query text as bytes, with its name and its lines.
///
/// The bytes are kept exactly as given: an invalid UTF-8 sequence is neither repaired nor dropped.
public struct SourceText: Sendable {
  /// What the text is called in messages: a file path or `<query>`.
  public let name: String
  /// The bytes of the text.
  public let bytes: [UInt8]
  /// Byte offsets at which lines start; the first is 0.
  public let lineStarts: [Int]

  /// Makes a source text and finds its lines (`\n`, `\r\n` and lone `\r` end a line).
  public init(bytes: [UInt8], name: String = "<query>") {
    self.name = name
    self.bytes = bytes
    self.lineStarts = Self.findLines(bytes)
  }

  /// Makes a source text from a string.
  public init(_ text: String, name: String = "<query>") {
    self.init(bytes: Array(text.utf8), name: name)
  }

  /// The text of a span, with invalid UTF-8 replaced.
  public func text(_ span: SourceSpan) -> String {
    let start = max(0, min(span.start, bytes.count))
    let end = max(start, min(span.end, bytes.count))
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The zero-based index of the line that holds a byte offset.
  public func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The one-based line and column (in Unicode scalars) of a byte offset.
  public func position(at offset: Int) -> (line: Int, column: Int) {
    let line = lineIndex(at: offset)
    let end = max(lineStarts[line], min(offset, bytes.count))
    let column = bytes[lineStarts[line]..<end].count { $0 & 0xC0 != 0x80 }
    return (line + 1, column + 1)
  }

  /// The offset of a character by its line and column (in Unicode scalars), both counted from 1;
  /// nil where there is no such line. A column behind the end of the line is that end, and a mark
  /// of byte order at the start of the text is no column.
  public func offset(line: Int, column: Int) -> Int? {
    guard line >= 1, line <= lineStarts.count, column >= 1 else { return nil }
    let whole = lineSpan(line - 1)
    var offset = whole.start
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if line == 1, bytes.starts(with: mark) { offset += mark.count }
    for _ in 1..<column {
      if offset >= whole.end { return whole.end }
      offset += 1
      while offset < whole.end, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return offset
  }

  /// The span of a line without its line end.
  public func lineSpan(_ index: Int) -> SourceSpan {
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return SourceSpan(start, end)
  }

  private static func findLines(_ bytes: [UInt8]) -> [Int] {
    var starts = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
      if byte == 0x0A || byte == 0x0D { starts.append(index) }
    }
    return starts
  }
}

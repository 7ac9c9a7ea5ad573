import Columnar

/// Reads a JSON file whose objects span lines or stand in arrays.
struct JSONValuesReader: ~Copyable {
  private let source: SerialText
  private let block: TextBlock
  private let builder: ChunkBuilder
  private var events: JSONEventReader
  private let limits: LoadLimits

  init(_ text: SerialText, limits: LoadLimits, seed: UInt64) {
    source = text
    block = text.block
    builder = text.builder
    self.limits = limits
    events = JSONEventReader(builder, path: block.path, limits: limits, seed: seed)
  }

  /// Reads the whole file.
  mutating func read() throws {
    if try skipBlanks() {
      let isArray = block.base[block.start] == UInt8(ascii: "[")
      if isArray { block.start += 1 }
      try readValues(isArray: isArray)
    }
    try source.handOn(&events.batch)
  }

  /// Reads objects one after the other, in an array up to its end.
  private mutating func readValues(isArray: Bool) throws {
    while try skipBlanks() {
      switch block.base[block.start] {
      case UInt8(ascii: ",") where isArray: block.start += 1
      case UInt8(ascii: "]") where isArray:
        block.start += 1
        if try !skipBlanks() { return }
        // Appended exports are arrays one after the other.
        if block.base[block.start] != UInt8(ascii: "[") {
          throw failure("text follows the end of the array")
        }
        block.start += 1
      case UInt8(ascii: "{"): try readValue(canSkip: isArray)
      default:
        if !isArray { throw failure("expected an object that begins with '{'") }
        try skipFault("an event of the array is no object")
      }
    }
    if isArray { throw failure("the array does not end with ']'; the file was cut off") }
  }

  private mutating func readValue(canSkip: Bool) throws {
    while true {
      var cursor = JSONCursor(base: block.base, from: block.start, to: block.end)
      do throws(JSONFault) {
        try events.scanObject(&cursor)
      } catch {
        if !error.isIncomplete {
          if canSkip { return try skipFault(error.reason) }
          throw failure(error.reason)
        }
        if block.isComplete { throw failure("\(error.reason); the file was cut off") }
        if block.waiting > limits.recordBytes {
          throw failure("an object is longer than \(limits.recordBytes >> 20) MiB")
        }
        try refill()
        continue
      }
      let start = block.start
      block.start = cursor.position
      try events.take(from: start, of: block)
      if events.batch.isFull { builder.take(&events.batch, from: block) }
      return
    }
  }

  /// Notes a damaged element and goes on at the next line that begins with an object.
  private mutating func skipFault(_ reason: String) throws {
    builder.reject(at: block.start, of: block, reason)
    let fault = failure("the array cannot be read on behind this: \(reason)")
    repeat {
      while block.lineEnd(from: block.start) == nil {
        block.start = block.end
        if try !refill() { throw fault }
      }
      block.start = (block.lineEnd(from: block.start) ?? block.end - 1) + 1
    } while try skipBlanks() && block.base[block.start] != UInt8(ascii: "{")
    if block.waiting == 0 { throw fault }
  }

  // MARK: The text

  /// Skips blanks; false at the end of the file.
  private mutating func skipBlanks() throws -> Bool {
    try block.skipBlanks { try refill() }
  }

  @discardableResult
  private mutating func refill() throws -> Bool { try source.refill(&events.batch) }

  private func failure(_ reason: String) -> IngestionFailure {
    IngestionFailure(block.path, line: block.line(at: block.start), reason)
  }
}

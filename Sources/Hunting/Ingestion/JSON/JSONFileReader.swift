import Columnar

/// Reads a JSON file: finds its records, and goes on behind those that are damaged.
struct JSONFileReader: ~Copyable {
  private let block: TextBlock
  private let collector: TableCollector
  private var events: JSONEventReader
  private let limits: LoadLimits

  /// Makes a reader of the file in `block`; `knownTable` and `seed` are those of the events.
  init(
    _ block: TextBlock,
    _ collector: TableCollector,
    knownTable: String?,
    seed: UInt64,
    limits: LoadLimits
  ) {
    self.block = block
    self.collector = collector
    self.limits = limits
    events = JSONEventReader(collector, path: block.path, knownTable: knownTable, seed: seed)
  }

  /// Reads the whole file.
  mutating func read() throws {
    guard try skipBlanks() else { return }
    if block.base[block.start] == UInt8(ascii: "[") {
      try readArray()
    } else if try valuesSpanLines() {
      try readValues(isArray: false)
    } else {
      try readLines()
    }
    collector.take(&events.batch, from: block)
  }

  // MARK: One event a line

  private mutating func readLines() throws {
    while try findLine() {
      let end = block.lineEnd(from: block.start) ?? block.end
      let start = block.start
      block.start = min(end + 1, block.end)
      do throws(JSONFault) {
        try readLine(start, end)
      } catch {
        collector.noteBadLine(block.path, block.line(at: start), error.reason)
        continue
      }
      try takeLine(start, end)
      if events.batch.isFull { collector.take(&events.batch, from: block) }
    }
  }

  /// Brings a whole line into memory; false at the end of the file.
  private mutating func findLine() throws -> Bool {
    var searched = block.start
    while block.lineEnd(from: searched) == nil, !block.isComplete {
      if block.waiting > limits.recordBytes {
        try skipLongLine()
        searched = block.start
        continue
      }
      searched = block.waiting
      try refill()
    }
    return block.waiting > 0
  }

  private mutating func skipLongLine() throws {
    let reason = "the line is longer than \(limits.recordBytes >> 20) MiB"
    collector.noteBadLine(block.path, block.line(at: block.start), reason)
    while block.lineEnd(from: block.start) == nil {
      block.start = block.end
      if try !refill() { return }
    }
    block.start = (block.lineEnd(from: block.start) ?? block.end - 1) + 1
  }

  /// Checks that a line is one object or array, and scans an object.
  private mutating func readLine(_ start: Int, _ end: Int) throws(JSONFault) {
    var cursor = JSONCursor(base: block.base, from: start, to: end)
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

  /// Puts a line that was checked into the table.
  private mutating func takeLine(_ start: Int, _ end: Int) throws {
    var cursor = JSONCursor(base: block.base, from: start, to: end)
    cursor.skipBlanks()
    if cursor.isAtEnd { return }
    if cursor.current == UInt8(ascii: "{") { return try events.take(from: start, of: block) }
    let array = TextView(base: block.base + cursor.position, count: end - cursor.position)
    try events.takeElements(of: array, from: start, of: block)
  }

  // MARK: Values that span lines

  /// Whether the first object goes on behind its line.
  private mutating func valuesSpanLines() throws -> Bool {
    guard try findLine() else { return false }
    let end = block.lineEnd(from: block.start) ?? block.end
    var cursor = JSONCursor(base: block.base, from: block.start, to: end)
    guard isIncomplete(&cursor) else { return false }
    while true {
      var cursor = JSONCursor(base: block.base, from: block.start, to: block.end)
      do throws(JSONFault) {
        try events.scanObject(&cursor)
        return true
      } catch {
        let canGrow = !block.isComplete && block.waiting <= limits.recordBytes
        if !error.isIncomplete || !canGrow { return false }
      }
      try refill()
    }
  }

  private mutating func isIncomplete(_ cursor: inout JSONCursor) -> Bool {
    guard cursor.current == UInt8(ascii: "{") else { return false }
    do throws(JSONFault) {
      try events.scanObject(&cursor)
      return false
    } catch {
      return error.isIncomplete
    }
  }

  private mutating func readArray() throws {
    block.start += 1
    try readValues(isArray: true)
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
      if events.batch.isFull { collector.take(&events.batch, from: block) }
      return
    }
  }

  /// Notes a damaged element and goes on at the next line that begins with an object.
  private mutating func skipFault(_ reason: String) throws {
    collector.noteBadLine(block.path, block.line(at: block.start), reason)
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
    while true {
      var cursor = JSONCursor(base: block.base, from: block.start, to: block.end)
      cursor.skipBlanks()
      block.start = cursor.position
      if block.waiting > 0 { return true }
      if try !refill() { return false }
    }
  }

  @discardableResult
  private mutating func refill() throws -> Bool {
    // The cells of the batch lie in the block that is about to move.
    collector.take(&events.batch, from: block)
    try collector.review()
    let before = block.bytesRead
    let hasMore = try block.refill()
    collector.note(bytesRead: block.bytesRead - before)
    return hasMore
  }

  private func failure(_ reason: String) -> IngestionFailure {
    IngestionFailure(block.path, line: block.line(at: block.start), reason)
  }
}

import Columnar

/// How the events of a JSON file lie in it.
enum JSONLayout {
  /// One event, or an array of events, a line.
  case lines
  /// Objects that span lines.
  case values
  /// Arrays of objects.
  case array

  /// Tells the layout by the first event; the block stands behind the blanks before it then.
  static func detect(_ block: TextBlock, _ limits: LoadLimits) throws -> JSONLayout {
    guard try block.skipBlanks(refill: { try block.refill() }) else { return .values }
    if block.base[block.start] == UInt8(ascii: "[") { return .array }
    guard let end = try firstLineEnd(block, limits) else { return .lines }
    // An object that goes on behind its line is no event of one line; if it is one at all.
    guard isIncomplete(block, to: end) == true else { return .lines }
    while true {
      switch isIncomplete(block, to: block.end) {
      case false?: return .values
      case nil: return .lines
      case true?: break
      }
      if block.isComplete || block.waiting > limits.recordBytes { return .lines }
      _ = try block.refill()
    }
  }

  /// Where the first line ends; nil where it is too long.
  private static func firstLineEnd(_ block: TextBlock, _ limits: LoadLimits) throws -> Int? {
    while true {
      if let end = block.lineEnd(from: block.start) { return end }
      if block.isComplete { return block.end }
      if block.waiting > limits.recordBytes { return nil }
      _ = try block.refill()
    }
  }

  /// Whether an object stops too early at `end`; nil where it is none.
  private static func isIncomplete(_ block: TextBlock, to end: Int) -> Bool? {
    var cursor = JSONCursor(base: block.base, from: block.start, to: end)
    guard cursor.current == UInt8(ascii: "{") else { return nil }
    do throws(JSONFault) {
      _ = try cursor.value()
      return false
    } catch {
      return error.isIncomplete ? true : nil
    }
  }
}

extension TextBlock {
  /// Skips blanks; false at the end of the file.
  func skipBlanks(refill: () throws -> Bool) throws -> Bool {
    while true {
      var cursor = JSONCursor(base: base, from: start, to: end)
      cursor.skipBlanks()
      start = cursor.position
      if waiting > 0 { return true }
      if try !refill() { return false }
    }
  }
}

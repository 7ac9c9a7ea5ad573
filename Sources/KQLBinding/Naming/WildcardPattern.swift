/// A name with `*` for any run of characters; bytes are compared as they are.
struct WildcardPattern {
  private let parts: [[UInt8]]

  init(_ pattern: String) {
    parts = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
      .map(Array.init)
  }

  /// Whether the whole name fits.
  func matches(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard let first = parts.first, let last = parts.last else { return false }
    guard parts.count > 1 else { return bytes == first }
    guard bytes.starts(with: first), bytes.count >= first.count + last.count,
      bytes.suffix(last.count).elementsEqual(last)
    else { return false }
    var position = first.count
    let end = bytes.count - last.count
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = find(part, bytes, position, end) else { return false }
      position = found + part.count
    }
    return position <= end
  }

  private func find(_ part: [UInt8], _ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
    guard end - start >= part.count else { return nil }
    return (start...(end - part.count)).first { bytes[$0..<$0 + part.count].elementsEqual(part) }
  }
}

/// A name in the order that takes runs of digits as numbers: `a2` before `a10`.
struct NumberedName: Comparable {
  private let pieces: [[UInt8]]

  init(_ name: String) {
    var pieces: [[UInt8]] = []
    var wasDigit = false
    for byte in name.utf8 {
      let isDigit = byte &- 0x30 < 10
      if pieces.isEmpty || isDigit != wasDigit { pieces.append([]) }
      pieces[pieces.count - 1].append(byte)
      wasDigit = isDigit
    }
    self.pieces = pieces
  }

  static func < (left: NumberedName, right: NumberedName) -> Bool {
    for (first, second) in zip(left.pieces, right.pieces) where first != second {
      let areNumbers = isNumber(first) && isNumber(second)
      if areNumbers, first.count != second.count { return first.count < second.count }
      return first.lexicographicallyPrecedes(second)
    }
    return left.pieces.count < right.pieces.count
  }

  private static func isNumber(_ piece: [UInt8]) -> Bool {
    piece.first.map { $0 &- 0x30 < 10 } ?? false
  }
}

import Columnar
import PatternMatching

/// Finds the pairs of keys and values of a text; belongs to one worker.
protocol KeyValueFinder: AnyObject {
  /// Calls the body with each key and its value, from left to right, until it returns false.
  ///
  /// `isWanted` tells whether a key is looked for at all.
  func find(
    in text: TextView,
    isWanted: (TextView) -> Bool,
    _ body: (_ key: TextView, _ value: TextView) -> Bool
  ) throws
}

/// Makes the columns of `parse-kv`: the first value of each wanted key.
final class KeyValueExtraction: TextExtraction {
  private let keys: [[UInt8]]
  private let finder: any KeyValueFinder
  private let conversions: [TextConversion]

  init(keys: [[UInt8]], finder: any KeyValueFinder, conversions: [TextConversion]) {
    self.keys = keys
    self.finder = finder
    self.conversions = conversions
  }

  func extract(_ rows: TextRows, count: Int) throws -> ExtractedColumns {
    let builders = keys.map { _ in TextBuilder(capacity: count) }
    // A key that is missing is null, also where its type takes any text.
    let found = keys.map { _ in Buffer(byteCount: count) }
    for row in 0..<count { try extract(rows[row], row, builders, found) }
    let columns = try zip(builders, conversions).enumerated().map { index, pair in
      let values = try pair.1.convert(pair.0.finish())
      return values.keeping(found[index].values(UInt8.self))
    }
    let matched = Buffer(byteCount: count)
    for row in 0..<count { matched.values(UInt8.self)[row] = 1 }
    return ExtractedColumns(columns: columns, matched: matched)
  }

  private func extract(
    _ text: TextView,
    _ row: Int,
    _ builders: [TextBuilder],
    _ found: [Buffer]
  ) throws {
    for flags in found { flags.values(UInt8.self)[row] = 0 }
    var missing = keys.count
    try finder.find(in: text, isWanted: { place(of: $0) != nil }) { key, value in
      guard let place = place(of: key) else { return true }
      let flags = found[place].values(UInt8.self)
      if flags[row] != 0 { return true }
      flags[row] = 1
      builders[place].write(value)
      missing -= 1
      return missing > 0
    }
    for builder in builders { builder.endRow() }
  }

  private func place(of key: TextView) -> Int? {
    keys.firstIndex { wanted in
      wanted.count == key.count && wanted.withTextView { $0.isEqual(key) }
    }
  }
}

extension TextView {
  /// The text without blanks, tabs and line ends at both ends.
  var trimmed: TextView {
    var start = 0
    var end = count
    while start < end, Self.isBlank(base[start]) { start &+= 1 }
    while end > start, Self.isBlank(base[end &- 1]) { end &-= 1 }
    return part(start, end)
  }

  /// The first place at or after an offset that is no blank.
  func skippingBlanks(from offset: Int) -> Int {
    var position = offset
    while position < count, Self.isBlank(base[position]) { position &+= 1 }
    return position
  }

  /// Whether other bytes lie at an offset.
  func has(_ other: [UInt8], at offset: Int) -> Bool {
    guard offset <= count, other.count <= count &- offset else { return false }
    return other.withTextView { part(offset, offset &+ $0.count).isEqual($0) }
  }

  /// The first place at or after an offset where other bytes lie.
  func offset(of other: [UInt8], from start: Int) -> Int? {
    other.withTextView { offset(of: $0, from: start) }
  }

  /// Whether a byte is a blank, a tab or a line end.
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }
}

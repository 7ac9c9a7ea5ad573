/// Finds the name that a writer may have meant.
enum Suggestion {
  /// The nearest of the names by edit distance, letter case counting little; nil where none is
  /// near.
  static func nearest(to name: String, in names: some Sequence<String>) -> String? {
    let wanted = Array(name.utf8)
    guard !wanted.isEmpty, wanted.count <= 100 else { return nil }
    let limit = max(1, wanted.count / 3)
    let folded = wanted.map(fold)
    var best: (name: String, distance: Int)?
    for candidate in names {
      let bytes = Array(candidate.utf8)
      guard abs(bytes.count - wanted.count) <= limit, bytes != wanted else { continue }
      let distance = distance(folded, bytes.map(fold), limit: limit)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  private static func fold(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }

  /// The number of insertions, deletions, replacements and swaps that turn one text into the other.
  private static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
        var cost = min(replaced, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, before[column - 1] + 1)
        }
        current.append(cost)
      }
      guard current.contains(where: { $0 <= limit }) else { return limit + 1 }
      before = previous
      previous = current
    }
    return previous[right.count]
  }
}

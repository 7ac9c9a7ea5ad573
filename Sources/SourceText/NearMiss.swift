/// Finds the names that a misspelt one may have meant.
public enum NearMiss {
  /// The names nearest to `name`, best first; those too far off are left out.
  ///
  /// Case counts less than a letter. A name of n bytes may be n / 3 edits off, at most 4.
  public static func nearest(to name: String, among names: [String], limit: Int) -> [String] {
    let wanted = folded(name)
    if wanted.count > 256 { return [] }
    let mostEdits = max(1, min(4, wanted.count / 3))
    var found: [(edits: Int, name: String)] = []
    for candidate in names where abs(candidate.utf8.count - wanted.count) <= mostEdits {
      let edits = distance(wanted, folded(candidate), limit: mostEdits)
      if edits <= mostEdits, candidate != name { found.append((edits, candidate)) }
    }
    return found.sorted { ($0.edits, $0.name) < ($1.edits, $1.name) }.prefix(limit).map(\.name)
  }

  /// Counts the inserted, deleted, changed and swapped bytes between two texts.
  ///
  /// Stops early with a number above `limit` when the texts are further apart than that.
  static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for (column, other) in right.enumerated() {
        var edits = min(last[column + 1], current[column]) + 1
        edits = min(edits, last[column] + (byte == other ? 0 : 1))
        let isSwap =
          row > 0 && column > 0 && byte == right[column - 1] && left[row - 1] == other
        if isSwap { edits = min(edits, beforeLast[column - 1] + 1) }
        current.append(edits)
      }
      if (current.min() ?? 0) > limit { return limit + 1 }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }

  private static func folded(_ name: String) -> [UInt8] {
    name.utf8.map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 }
  }
}

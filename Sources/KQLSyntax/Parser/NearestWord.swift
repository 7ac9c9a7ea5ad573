/// Finds the word that a mistyped word most likely stands for.
enum NearestWord {
  /// The candidate with the smallest edit distance; nil where none is near.
  static func find(_ word: [UInt8], in candidates: [String]) -> String? {
    guard word.count <= 40 else { return nil }
    let limit = max(1, word.count / 3)
    let ranked = candidates.map { (distance(word, Array($0.utf8)), $0) }
      .filter { $0.0 <= limit }
    return ranked.min { ($0.0, $0.1) < ($1.0, $1.1) }?.1
  }

  /// The number of insertions, removals, replacements and swaps between two words.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var next = [row + 1]
      for (column, other) in right.enumerated() {
        var cost = min(next[column], last[column + 1]) + 1
        cost = min(cost, last[column] + (byte | 0x20 == other | 0x20 ? 0 : 1))
        let isSwap =
          row > 0 && column > 0 && byte == right[column - 1] && left[row - 1] == other
        if isSwap { cost = min(cost, beforeLast[column - 1] + 1) }
        next.append(cost)
      }
      (beforeLast, last) = (last, next)
    }
    return last[right.count]
  }
}

/// Keeps the first incidents of an order.
struct QueueRanking {
  private var kept: [(key: Int64, id: Int64)] = []
  private let most: Int
  private let isDescending: Bool
  /// What is not before this is not among the first.
  private var last: (key: Int64, id: Int64)?

  init(most: Int, descending isDescending: Bool) {
    self.most = most
    self.isDescending = isDescending
  }

  mutating func add(_ key: Int64, _ id: Int64) {
    if let last, !isBefore((key, id), last) { return }
    kept.append((key, id))
    if kept.count >= 2 * most + 64 { thin() }
  }

  /// The ids of the first, in order.
  mutating func ids() -> [Int64] {
    thin()
    return kept.map(\.id)
  }

  private mutating func thin() {
    kept.sort(by: isBefore)
    if kept.count > most { kept.removeLast(kept.count - most) }
    if kept.count == most { last = kept.last }
  }

  private func isBefore(_ one: (key: Int64, id: Int64), _ other: (key: Int64, id: Int64)) -> Bool {
    if one.key == other.key { return isDescending ? one.id > other.id : one.id < other.id }
    return isDescending ? one.key > other.key : one.key < other.key
  }
}

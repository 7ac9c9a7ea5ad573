/// Keeps the first incidents of an order.
struct QueueRanking<Key: Comparable> {
  private var kept: [(key: Key, id: Int64)] = []
  private let most: Int
  private let isDescending: Bool
  /// What is not before this is not among the first.
  private var last: (key: Key, id: Int64)?

  init(most: Int, descending isDescending: Bool) {
    self.most = most
    self.isDescending = isDescending
  }

  mutating func add(_ key: Key, _ id: Int64) {
    if let last, !isBefore((key, id), last) { return }
    kept.append((key, id))
    if kept.count >= 2 * most + 64 { thin() }
  }

  /// Whether something surely is not among the first.
  ///
  /// - Parameter order: how a key is to it: below 0 where that is before it in rising order.
  func isBehind(_ order: (Key) -> Int) -> Bool {
    guard let last else { return false }
    return isDescending ? order(last.key) > 0 : order(last.key) < 0
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

  private func isBefore(_ one: (key: Key, id: Int64), _ other: (key: Key, id: Int64)) -> Bool {
    if one.key == other.key { return isDescending ? one.id > other.id : one.id < other.id }
    return isDescending ? one.key > other.key : one.key < other.key
  }
}

/// A name in the order of its bytes.
struct NameKey: Comparable {
  private let bytes: [UInt8]

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = Array(bytes) }

  static func < (one: NameKey, other: NameKey) -> Bool {
    other.bytes.withUnsafeBytes { one.order(to: $0) < 0 }
  }

  /// Below 0 where it is before a name, above where it is behind.
  func order(to name: UnsafeRawBufferPointer) -> Int {
    for place in 0..<min(bytes.count, name.count) where bytes[place] != name[place] {
      return bytes[place] < name[place] ? -1 : 1
    }
    return bytes.count - name.count
  }
}

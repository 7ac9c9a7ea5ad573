/// The changes of a text that can be taken back.
struct UndoLog {
  /// One change: `removed` gave way to `insertedCount` bytes at `offset`.
  struct Change {
    let offset: Int
    let removed: [UInt8]
    var insertedCount: Int
    let cursorBefore: Int
    /// Whether more typed text may join it.
    let isTyping: Bool
  }

  private var changes: [Change] = []
  private var totalBytes = 0

  private static let changeLimit = 1_000
  private static let byteLimit = 32 << 20

  /// Notes a change; text typed right behind typed text is one change with it.
  mutating func add(_ change: Change, joining: Bool) {
    if joining, let last = changes.last, last.isTyping, change.isTyping, change.removed.isEmpty,
      last.offset + last.insertedCount == change.offset
    {
      changes[changes.count - 1].insertedCount += change.insertedCount
      return
    }
    changes.append(change)
    totalBytes += change.removed.count
    forgetOldest()
  }

  /// Takes the last change off.
  mutating func takeLast() -> Change? {
    guard let last = changes.popLast() else { return nil }
    totalBytes -= last.removed.count
    return last
  }

  private mutating func forgetOldest() {
    while changes.count > Self.changeLimit || totalBytes > Self.byteLimit, !changes.isEmpty {
      totalBytes -= changes.removeFirst().removed.count
    }
  }
}

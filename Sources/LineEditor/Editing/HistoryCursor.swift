/// A place in the history while an entry is edited.
struct HistoryCursor {
  let history: History
  private var index: Int
  /// The text that was being written before the first step back.
  private var draft: [UInt8] = []

  /// Starts behind the newest entry.
  init(_ history: History) {
    self.history = history
    index = history.entries.count
  }

  /// The entry before; nil at the oldest. `current` is kept where it is the draft.
  mutating func previous(leaving current: [UInt8]) -> [UInt8]? {
    guard index > 0 else { return nil }
    if index == history.entries.count { draft = current }
    index -= 1
    return history.entries[index]
  }

  /// The entry behind, at last the draft; nil at the draft.
  mutating func next() -> [UInt8]? {
    guard index < history.entries.count else { return nil }
    index += 1
    return index == history.entries.count ? draft : history.entries[index]
  }

  /// Goes to an entry that was found.
  mutating func jump(to entry: Int, leaving current: [UInt8]) {
    if index == history.entries.count { draft = current }
    index = min(max(entry, 0), history.entries.count)
  }
}

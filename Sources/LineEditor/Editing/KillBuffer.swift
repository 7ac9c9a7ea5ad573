/// The text killed last, which Ctrl-Y inserts.
struct KillBuffer {
  private(set) var text: [UInt8] = []
  /// Whether the last command was a kill, so that the next one adds to it.
  private var isRunning = false

  /// Keeps killed text, joined to that of the kill right before.
  mutating func add(_ bytes: [UInt8], isForward: Bool) {
    if !isRunning { text = [] }
    text = isForward ? text + bytes : bytes + text
    isRunning = true
  }

  /// Lets the next kill start anew.
  mutating func endRun() { isRunning = false }
}

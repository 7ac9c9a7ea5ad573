import Glibc

/// Reads entries of several lines from a terminal, with colours, completion and a history.
///
/// The terminal is raw only while `readEntry` runs, so Ctrl-C at other times is an ordinary
/// interrupt. Whatever is in the text, no control character of it reaches the terminal. Output of
/// the program before `readEntry` should end with a line end.
///
/// One thread at a time may use it.
public final class LineEditor {
  /// The entries to go back to; the program adds to it what is worth keeping.
  public var history: History
  /// The terminal, to be restored by whatever ends the program.
  public let terminal: RawTerminal

  private let options: EditorOptions
  private let waiter: InputWaiter
  private var decoder = KeyDecoder()
  /// Events that came with those of the entry before, last first.
  private var waiting: [KeyEvent] = []
  private var killed = KillBuffer()
  private var renderer = Renderer()
  /// The signal handlers of before, while an entry is read.
  private var handlers = WakeSignals.Handlers()
  /// Stops the processes of the terminal; tests put something else here.
  var stopProcess: () -> Void = { kill(0, SIGTSTP) }

  /// Pasted text whose end is missing for so long may be left with Ctrl-C.
  private static let pasteDelayMilliseconds: Int32 = 1_000

  /// Makes an editor; nothing is read or changed yet.
  public init(_ options: EditorOptions, history: History = History()) {
    self.options = options
    self.history = history
    terminal = RawTerminal(input: options.input, output: options.output)
    waiter = InputWaiter(input: options.input)
  }

  /// Whether an editor can work here: both are terminals, and of a kind that can move the cursor.
  public static func isSupported(input: Int32 = 0, output: Int32 = 1) -> Bool {
    guard isatty(input) == 1, isatty(output) == 1 else { return false }
    guard let kind = getenv("TERM").map({ String(cString: $0) }) else { return false }
    return kind != "dumb" && !kind.isEmpty
  }

  /// Gives the terminal its settings of before, in case an entry is being read.
  public func restore() { terminal.restore() }

  /// Reads one entry and leaves the cursor on the line below it.
  public func readEntry() throws(EditorFailure) -> EditorEvent {
    try terminal.makeRaw()
    handlers = WakeSignals.listen()
    defer {
      WakeSignals.stopListening(handlers)
      terminal.restore()
    }
    renderer.forget()
    var session = EditSession(options, history: history, killed: killed)
    try draw(session)
    while true {
      if let event = try handleWaiting(&session) {
        killed = session.killedText
        return event
      }
      try draw(session)
      if try !readKeys() {
        try leave(session)
        return .endOfInput
      }
    }
  }

  /// Waits for events, drawing nothing while pasted text comes in; false at the end of the input.
  private func readKeys() throws(EditorFailure) -> Bool {
    while waiting.isEmpty {
      let delay = decoder.isPasting ? Self.pasteDelayMilliseconds : options.escapeDelayMilliseconds
      switch try waiter.wait(milliseconds: decoder.isWaiting ? delay : -1) {
      case .bytes(let bytes):
        let isEnd = bytes.isEmpty
        waiting = (isEnd ? decoder.finish() : decoder.feed(bytes)).reversed()
        if isEnd, waiting.isEmpty { return false }
      case .wake(let wasStopped):
        if wasStopped { renderer.forget() }
        try terminal.makeRaw()
        return true
      case .nothing:
        if decoder.isWaiting { waiting = decoder.settle().reversed() }
      }
    }
    return true
  }

  /// Follows the events that have come; gives the entry's end where there is one.
  private func handleWaiting(
    _ session: inout EditSession
  ) throws(EditorFailure) -> EditorEvent? {
    var rings = false
    while let event = waiting.popLast() {
      switch session.handle(event) {
      case .draw: break
      case .ring: rings = true
      case .submit(let text):
        try leave(session)
        return .entry(text)
      case .interrupt:
        try leave(session, mark: "^C")
        return .interrupted
      case .end:
        try leave(session)
        return .endOfInput
      case .suspend: try suspend(session)
      case .clearScreen: try terminal.send(renderer.clear())
      }
    }
    if rings { try terminal.send([0x07]) }
    return nil
  }

  private func draw(_ session: EditSession, isFinal: Bool = false) throws(EditorFailure) {
    let size = terminal.size()
    let view = session.view(options, size: size, isFinal: isFinal)
    let frame = FrameBuilder(view, size: size, palette: options.palette).frame()
    try terminal.send(renderer.draw(frame))
  }

  /// Draws the entry a last time, without menus, and goes to the line below.
  private func leave(_ session: EditSession, mark: String = "") throws(EditorFailure) {
    try draw(session, isFinal: true)
    try terminal.send(Array(mark.utf8) + renderer.leave())
  }

  /// Stops the process as the shell's job, and goes on with the entry when the shell says so.
  private func suspend(_ session: EditSession) throws(EditorFailure) {
    try leave(session)
    terminal.restore()
    // Going on is no news where it was the editor that stopped.
    WakeSignals.stopListening(handlers)
    stopProcess()
    handlers = WakeSignals.listen()
    try terminal.makeRaw()
  }
}

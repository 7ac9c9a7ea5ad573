import Glibc
import Synchronization
import Testing

@testable import LineEditor

/// A person at a terminal on which an editor runs in a thread of its own.
final class EditorHarness {
  /// What the thread does and what it leaves behind.
  private final class Work: Sendable {
    let body: @Sendable (Work) -> Void
    let events = Mutex<[EditorEvent]>([])
    let stops = Mutex(0)
    let terminal = Mutex<RawTerminal?>(nil)
    let isDone = Atomic(false)

    init(_ body: @escaping @Sendable (Work) -> Void) { self.body = body }
  }

  let pseudoTerminal: PseudoTerminal
  private(set) var screen: VirtualTerminal
  /// All bytes that the editor wrote.
  private(set) var output: [UInt8] = []
  private let work: Work

  /// Starts an editor that reads entries until the end of the input, or a number of them; what is
  /// typed between two entries goes through the terminal's driver unless it is not to cook.
  init(
    columns: Int = 40,
    rows: Int = 10,
    entryLimit: Int = .max,
    history: [String] = [],
    isCooked: Bool = true,
    options: @escaping @Sendable () -> EditorOptions = Samples.options
  ) throws {
    let pseudoTerminal = try PseudoTerminal()
    pseudoTerminal.resize(columns: columns, rows: rows)
    if !isCooked { pseudoTerminal.stopCooking() }
    self.pseudoTerminal = pseudoTerminal
    screen = VirtualTerminal(columns: columns, rows: rows)
    let slave = pseudoTerminal.slave
    work = Work { work in
      var options = options()
      options.input = slave
      options.output = slave
      let editor = LineEditor(options)
      for text in history { editor.history.add(Array(text.utf8)) }
      editor.stopProcess = { work.stops.withLock { $0 += 1 } }
      work.terminal.withLock { $0 = editor.terminal }
      for _ in 0..<entryLimit {
        guard let event = try? editor.readEntry() else { break }
        work.events.withLock { $0.append(event) }
        if event == .endOfInput { break }
      }
      work.isDone.store(true, ordering: .sequentiallyConsistent)
    }
    try start()
  }

  var events: [EditorEvent] { work.events.withLock { $0 } }
  var stops: Int { work.stops.withLock { $0 } }
  var isDone: Bool { work.isDone.load(ordering: .sequentiallyConsistent) }

  /// Restores the terminal from outside, as a program does that is told to end.
  func restore() { work.terminal.withLock { $0 }?.restore() }

  /// Takes a screen of another size for what is written from now on.
  func resize(columns: Int, rows: Int, showing lines: String) {
    screen = VirtualTerminal(columns: columns, rows: rows)
    screen.write(Array(lines.utf8))
    pseudoTerminal.resize(columns: columns, rows: rows)
    kill(getpid(), SIGWINCH)
  }

  /// Types bytes, reading the screen while the terminal takes them.
  func send(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        write(pseudoTerminal.master, raw.baseAddress.map { $0 + sent }, raw.count - sent)
      }
      if count > 0 { sent += count } else { readScreen(milliseconds: 1) }
    }
  }

  /// Types text.
  func send(_ text: String) { send(Array(text.utf8)) }

  /// Reads the screen until something holds; false after half a minute.
  func waits(until holds: (EditorHarness) -> Bool) -> Bool {
    for _ in 0..<3_000 {
      if holds(self) { return true }
      readScreen(milliseconds: 10)
    }
    return holds(self)
  }

  /// Waits for the lines of the screen.
  func waits(for lines: [String]) -> Bool { waits { $0.screen.lines == lines } }

  /// Ends the editor where it still reads, and closes the terminal.
  func finish() {
    // Between two entries the terminal's driver takes both for itself.
    var rest = 100
    while !isDone, rest > 0 {
      send("\u{3}\u{4}")
      for _ in 0..<30 where !isDone { readScreen(milliseconds: 10) }
      rest -= 1
    }
    #expect(isDone)
    #expect(screen.violations.isEmpty)
    pseudoTerminal.close()
  }

  private func start() throws {
    var thread = pthread_t()
    let code = pthread_create(
      &thread,
      nil,
      { argument in
        guard let argument else { return nil }
        let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
        work.body(work)
        return nil
      },
      Unmanaged.passRetained(work).toOpaque()
    )
    try #require(code == 0)
    pthread_detach(thread)
  }

  private func readScreen(milliseconds: Int32) {
    var wanted = pollfd(fd: pseudoTerminal.master, events: Int16(POLLIN), revents: 0)
    guard poll(&wanted, 1, milliseconds) > 0 else { return }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = read(pseudoTerminal.master, &bytes, bytes.count)
    guard count > 0 else { return }
    output += bytes[..<count]
    screen.write(Array(bytes[..<count]))
  }
}

import Columnar
import Execution
import FileAccess
import Hunting
import HuntingShell
import LineEditor
import OperationalStore
import SourceText
import Tenancy

/// What a shell knows from entry to entry, and how it answers one.
final class ReplSession {
  var data: DataOptions
  let limits: RunOptions
  let console: Console
  /// The query that runs.
  let running = RunningQuery()
  var engine: HuntingEngine
  /// The entries so far.
  var history: () -> [[UInt8]] = { [] }
  var isInteractive = true
  var format: ResultFormat?
  var showsTimer = true
  /// What shows that which is longer than the screen.
  var pager = PagerSetting.standard
  /// The most rows that are shown of a result; nil for all.
  var rowLimit: Int? = 1000
  /// Where rows go; nil for the terminal.
  var output: (path: String, file: any DurableFile)?
  /// The last query that ran.
  var lastQuery: SourceText?
  /// The exit code of the last entry.
  private(set) var lastCode: Int32 = 0
  private let cache: SegmentCache

  init(_ data: DataOptions, _ limits: RunOptions, _ console: Console, format: ResultFormat?) {
    self.data = data
    self.limits = limits
    self.console = console
    self.format = format
    engine = HuntingEngine(options: limits.executionOptions)
    cache = SegmentCache(limitBytes: limits.memoryLimit / 2)
  }

  /// Loads the files and looks whether the store can be read.
  func open() throws {
    try data.loadFiles(into: &engine, console, memoryLimit: limits.memoryLimit)
    _ = try openStore()
  }

  /// Answers an entry; false where it ends the session.
  func run(_ entry: [UInt8]) -> Bool {
    if entry.allSatisfy({ $0 == 0x20 || (0x09...0x0D) ~= $0 || $0 == UInt8(ascii: ";") }) {
      return true
    }
    var goesOn = true
    let source = SourceText(bytes: entry)
    let code = try? CommandRun.guarded(console, source: { source }) {
      do {
        if DotCommand.isMeant(entry) {
          goesOn = try ReplCommands(self).run(entry)
          return 0
        }
        lastQuery = source
        return try answer(source)
      } catch let failure as FileFailure where failure.isClosedOutput {
        goesOn = false
        throw failure
      }
    }
    // Whatever else is thrown has no message of its own.
    if code == nil { console.note("error: that could not be done") }
    lastCode = code ?? ExitCodes.queryError
    return goesOn
  }

  /// What may be written at a cursor.
  func completions(_ text: [UInt8], _ cursor: Int) -> Completions {
    if DotCommand.isMeant(text) {
      return CommandCompleter(ReplNames(self)).completions(of: text, at: cursor)
    }
    return QueryCompleter(engine).completions(of: text, at: cursor)
  }

  /// Reads the store as it is now, with the grants of now.
  func openStore() throws -> OpenedStore? {
    try data.openStore(for: &engine, console, cache)
  }

  /// Runs a query and shows its rows.
  func answer(_ source: SourceText) throws -> Int32 {
    let opened = try openStore()
    let clock = SystemClock()
    let start = clock.monotonicNanoseconds
    let analysis = QueryAnalysis()
    engine.options.analysis = analysis
    defer { engine.options.analysis = nil }
    let line = isInteractive ? console.makeProgressLine() : nil
    let budget = limits.makeBudget(engine, line)
    let answer: HuntingAnswer
    do {
      defer { line?.erase() }
      answer = try running.during(budget) {
        try data.run(source, by: engine, over: opened, budget: budget)
      }
    }
    let seconds = Double(clock.monotonicNanoseconds - start) / 1e9
    console.show(answer.diagnostics, of: source)
    try ReplAnswer(self).write(answer)
    let code = AnswerNotes(answer).tell(console) ?? 0
    if showsTimer, isInteractive {
      console.note(ReplTimer(answer, analysis, seconds: seconds).text)
    }
    return code
  }
}

import ArgumentParser
import Columnar
import FileAccess
import Hunting
import HuntingShell
import LineEditor

/// `harrier repl`: queries one after another, with an editor where a person types them.
struct ReplCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl",
    abstract: "Type queries one after another; this is what 'harrier' alone does.",
    discussion: """
      A query ends with ; or with a blank line that is typed (one in pasted text ends nothing). \
      Lines that start with a dot are commands: .help lists them. Tab completes, Ctrl-R searches \
      the history, Ctrl-C ends the query that runs, Ctrl-D leaves.

        harrier --store logs
        harrier repl --load DeviceProcessEvents=events.ndjson

      From a file or a pipe it reads the same, without an editor, and queries end with ; alone.
      """
  )

  @OptionGroup var data: DataOptions
  @OptionGroup var limits: RunOptions

  @Option(help: "How to write rows: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  @Flag(help: "Keep no history on disk.")
  var noHistory = false

  func run() throws {
    let console = Console()
    let code = try CommandRun.guarded(console, source: { nil }) {
      let session = ReplSession(data, limits, console, format: format)
      let isPerson = LineEditor.isSupported()
      let running = session.running
      if isPerson { Interrupts.handle { running.cancel() } }
      try session.open()
      return try isPerson ? edit(session, console) : read(session)
    }
    if code != 0 { throw ExitCode(code) }
  }

  /// Reads entries that a person types.
  private func edit(_ session: ReplSession, _ console: Console) throws -> Int32 {
    let file = noHistory ? nil : HistoryFile.standard
    let editor = LineEditor(options(session), history: file?.read() ?? History())
    session.history = { editor.history.entries }
    console.note("Harrier: queries end with ; or a blank line. .help lists commands, .quit leaves.")
    while true {
      switch try editor.readEntry() {
      case .endOfInput: return 0
      case .interrupted: continue
      case .entry(let text):
        if editor.history.add(text) { file?.append(editor.history.encodeLast()) }
        if !session.run(text) { return 0 }
      }
    }
  }

  private func options(_ session: ReplSession) -> EditorOptions {
    var options = EditorOptions(prompt: "harrier> ", continuationPrompt: "       | ")
    options.isComplete = EntryRule.isComplete
    options.complete = session.completions
    if Terminal.environment("NO_COLOR")?.isEmpty ?? true {
      options.highlight = QueryHighlighter.styles
    } else {
      options.palette = .monochrome
    }
    return options
  }

  /// Reads entries from a file or a pipe; the code of the last that failed.
  private func read(_ session: ReplSession) throws -> Int32 {
    session.isInteractive = false
    var reader = PlainReader(
      mayEnd: { $0.contains(UInt8(ascii: ";")) || DotCommand.isMeant(Array($0)) },
      isComplete: EntryRule.isComplete,
      source: PlainReader.source(descriptor: 0)
    )
    while case .entry(let text) = try reader.readEntry() {
      if !session.run(text) { break }
    }
    return session.lastCode
  }
}

/// The entries of earlier sessions.
struct HistoryFile {
  private let folder: String
  private var path: String { folder + "/history" }

  /// Below XDG_STATE_HOME, else in ~/.local/state; nil where neither is known.
  static var standard: HistoryFile? {
    if let state = Terminal.environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return HistoryFile(folder: state + "/harrier")
    }
    return Terminal.environment("HOME").map { HistoryFile(folder: $0 + "/.local/state/harrier") }
  }

  private init(folder: String) { self.folder = folder }

  /// What is there; nothing where it cannot be read: a session needs no history.
  func read() -> History {
    let bytes = try? LocalFileSystem().readAll(path, limitBytes: 16 << 20)
    return History(decoding: bytes ?? [])
  }

  /// Adds an entry, where the file may be written; only its owner may read it.
  func append(_ bytes: [UInt8]) {
    try? LocalFileSystem().makeFoldersDurably(folder)
    try? PrivateFile.append(bytes, to: path)
  }
}

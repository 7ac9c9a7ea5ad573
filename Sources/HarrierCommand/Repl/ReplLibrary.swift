import Columnar
import Hunting
import HuntingShell
import SourceText

/// Saved queries and functions, from the shell.
struct ReplLibrary {
  private let session: ReplSession

  init(_ session: ReplSession) { self.session = session }

  func run(_ command: DotCommand) throws {
    switch command.name {
    case .save: try save(command.argument)
    case .saved: try list()
    case .run: try runSaved(command.argument)
    default: try forget(command.argument)
    }
  }

  private func save(_ argument: String) throws {
    let words = argument.split(separator: " ").map(String.init)
    let names = words.filter { !$0.hasPrefix("--") }
    let flags = Set(words.filter { $0.hasPrefix("--") })
    guard names.count == 1, flags.isSubset(of: ["--shared", "--function"]) else {
      throw ReplCommands.usage(.save)
    }
    guard let query = session.lastQuery else {
      throw QueryFailure(.evaluation, "there is no query yet; run one, then save it")
    }
    try SavedFile(session.data).save(
      query,
      as: names[0],
      isFunction: flags.contains("--function"),
      isShared: flags.contains("--shared")
    )
    session.console.note("saved as \(TerminalText(names[0]).text)")
  }

  private func list() throws {
    let texts = try SavedFile(session.data).texts()
    if texts.isEmpty { return session.console.note("nothing is saved; .save NAME saves a query") }
    try session.show(AccessListing.saved(texts))
  }

  private func runSaved(_ name: String) throws {
    let source = try SavedFile(session.data).query(name)
    session.lastQuery = source
    _ = try CommandRun.guarded(session.console, source: { source }) { try session.answer(source) }
  }

  private func forget(_ name: String) throws { try SavedFile(session.data).remove(name) }
}

import Columnar
import FileAccess
import Hunting
import HuntingShell
import OperationalStore
import SourceText
import Tenancy

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
    let text = String(decoding: query.bytes, as: UTF8.self)
    let isFunction = flags.contains("--function")
    try SavedFile(session).library(.readWrite)?.save(
      isFunction ? Self.body(text) : text,
      as: names[0],
      kind: isFunction ? .function : .query,
      isShared: flags.contains("--shared"),
      by: try SavedFile(session).principal()
    )
    session.console.note("saved as \(TerminalText(names[0]).text)")
  }

  /// A function without parameters that gives the rows of a query.
  private static func body(_ query: String) -> String {
    var text = query[...]
    while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
    return "() { \(text) }"
  }

  private func list() throws {
    let texts = try SavedFile(session).texts()
    if texts.isEmpty { return session.console.note("nothing is saved; .save NAME saves a query") }
    try session.console.write(AccessListing.saved(texts), as: .table)
  }

  private func runSaved(_ name: String) throws {
    let found = try SavedFile(session).texts().first { $0.name == name }
    guard let found else { throw Self.unknown(name) }
    let text = found.kind == .function ? "\(found.name)()" : found.text
    let source = SourceText(text, name: found.name)
    session.lastQuery = source
    _ = try CommandRun.guarded(session.console, source: { source }) { try session.answer(source) }
  }

  private func forget(_ name: String) throws {
    let file = SavedFile(session)
    let library = try file.library(.readOnly) == nil ? nil : file.library(.readWrite)
    guard try library?.remove(name, by: try file.principal()) == true else {
      throw Self.unknown(name)
    }
  }

  private static func unknown(_ name: String) -> QueryFailure {
    QueryFailure(.evaluation, "nothing of yours is saved as '\(name)'; .saved lists what is")
  }
}

/// Where saved texts are: beside the store that is open, else below XDG_DATA_HOME.
struct SavedFile {
  private let store: String?
  private let principalName: String

  init(_ session: ReplSession) { self.init(session.data) }

  init(_ data: DataOptions) {
    store = data.store
    principalName = data.tenants.identity.principal
  }

  func principal() throws -> Principal {
    guard let store else { return .owner }
    return try StoreAccess(store, as: principalName).principal
  }

  /// What the principal may use.
  ///
  /// - Parameter principal: given where it is known: finding out opens the access database.
  func texts(for principal: Principal? = nil) throws -> [SavedText] {
    guard let library = try library(.readOnly) else { return [] }
    return try library.texts(for: principal ?? self.principal())
  }

  func library(_ access: OperationalStore.Access) throws -> SavedLibrary? {
    guard let folder = store ?? Self.ownFolder else { return nil }
    if store == nil, access == .readWrite { try LocalFileSystem().makeFoldersDurably(folder) }
    return try SavedLibrary.open(folder + "/saved.db", access: access)
  }

  private static var ownFolder: String? {
    if let data = Terminal.environment("XDG_DATA_HOME"), data.hasPrefix("/") {
      return data + "/harrier"
    }
    return Terminal.environment("HOME").map { $0 + "/.local/share/harrier" }
  }
}

import Columnar
import FileAccess
import Hunting
import KQLSyntax
import OperationalStore
import SourceText
import Tenancy

/// Saved texts as one principal has them: beside the store that is open, else below
/// XDG_DATA_HOME.
struct SavedFile {
  private let store: String?
  private let principalName: String

  init(_ data: DataOptions) {
    self.init(store: data.store, principalName: data.tenants.identity.principal)
  }

  init(store: String?, principalName: String) {
    self.store = store
    self.principalName = principalName
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

  /// What stands right of the `=` of a `let`, for each function that the principal may use.
  func functions(for principal: Principal? = nil) throws -> [(name: String, declaration: String)] {
    try texts(for: principal).filter { $0.kind == .function }.map { ($0.name, $0.text) }
  }

  /// The text that a name means.
  func text(_ name: String) throws -> SavedText {
    guard let found = try texts().first(where: { $0.name == name }) else {
      throw Self.unknown(name, "nothing is saved")
    }
    return found
  }

  /// The query that a name means; of a function a call.
  func query(_ name: String) throws -> SourceText {
    let found = try text(name)
    return SourceText(found.kind == .function ? "\(found.name)()" : found.text, name: found.name)
  }

  /// Keeps a text in the place of the principal's own of that name.
  ///
  /// - Parameter isFunction: whether queries call it: a text that declares no parameters becomes
  ///   the body of a function without any.
  func save(_ source: SourceText, as name: String, isFunction: Bool, isShared: Bool) throws {
    let principal = try principal()
    guard let library = try library(.readWrite) else {
      throw QueryFailure(.input, "there is no place for saved queries; set HOME or XDG_DATA_HOME")
    }
    let text = String(decoding: source.bytes, as: UTF8.self)
    try library.save(
      isFunction ? FunctionText.declaration(of: text) : text,
      as: name,
      kind: isFunction ? .function : .query,
      isShared: isShared,
      by: principal
    )
  }

  /// Removes the principal's own text of a name.
  func remove(_ name: String) throws {
    let principal = try principal()
    let library = try library(.readOnly) == nil ? nil : library(.readWrite)
    guard try library?.remove(name, by: principal) == true else {
      throw Self.unknown(name, "nothing of yours is saved")
    }
  }

  private static func unknown(_ name: String, _ what: String) -> QueryFailure {
    QueryFailure(
      .input,
      "\(what) as '\(name)'; .saved and 'harrier saved list' list what is"
    )
  }

  private func library(_ access: OperationalStore.Access) throws -> SavedLibrary? {
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

/// Texts of functions, which are what stands right of the `=` of a `let`.
enum FunctionText {
  private static let prefix = "let f = "

  /// The text itself where it declares a function, else one without parameters that gives the rows
  /// of it as a query.
  static func declaration(of text: String) -> String {
    var text = text[...]
    while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    // The line end keeps a comment in the last line from taking the brace away.
    return isDeclaration(String(text)) ? String(text) : "() {\n\(text)\n}"
  }

  /// Whether a text is `(parameters) { … }`.
  static func isDeclaration(_ text: String) -> Bool {
    let tree = KQLParser.parse(SourceText(prefix + text))
    guard tree.root.children.count(where: { $0.element.node != nil }) == 1 else { return false }
    return tree.root.children.contains { child in
      child.element.node?.child(.value)?.kind == .functionDeclaration
    }
  }
}

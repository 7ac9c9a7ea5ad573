import SourceText

/// Reads the TOML of a configuration file.
///
/// It takes tables, keys with dots, texts of one line, numbers, words, lists and tables in braces.
/// Texts of several lines, lists of tables and dates have no use here and are refused by name.
/// The reader is our own: toml++ (in TOMLKit 0.6.0) ends the process at a header such as `[!]`, and
/// it does not tell where keys stand.
struct TOMLDocument {
  private let source: SourceText
  private var reader: TOMLReader
  private let root = TOMLTable(span: .at(0), isClosed: false)

  private init(_ source: SourceText) {
    self.source = source
    reader = TOMLReader(source)
  }

  static func read(_ source: SourceText) throws(ConfigurationFailure) -> ConfigurationNode {
    var document = TOMLDocument(source)
    return try document.read()
  }

  private mutating func read() throws(ConfigurationFailure) -> ConfigurationNode {
    var table = root
    reader.skipLines()
    while !reader.isAtEnd {
      if reader.takes("[") {
        table = try readHeader()
      } else {
        try reader.readMember(into: table, depth: 0)
      }
      try reader.requireEndOfLine()
      reader.skipLines()
    }
    return root.node
  }

  /// Reads what follows the bracket of `[a.b]`, and finds or makes that table.
  private mutating func readHeader() throws(ConfigurationFailure) -> TOMLTable {
    if reader.takes("[") { throw reader.failure("lists of tables ([[…]]) are not taken") }
    let path = try reader.readPath()
    guard reader.takes("]") else { throw reader.failure("']' is wanted") }
    var table = root
    for key in path { table = try table.inner(key, in: source) }
    guard !table.isOpened, let last = path.last else {
      throw .duplicate(path.last?.name ?? "", at: path.last?.span ?? .at(0), in: source)
    }
    table.isOpened = true
    table.span = last.span
    return table
  }
}

/// A table that is being read.
final class TOMLTable {
  /// A key with its place.
  struct Key {
    let name: String
    let span: SourceSpan
  }

  private enum Value {
    case node(ConfigurationNode)
    case table(TOMLTable)
  }

  var span: SourceSpan
  /// Whether it had a header of its own.
  var isOpened = false
  /// Whether it stood in braces and takes no more keys.
  private let isClosed: Bool
  private var members: [(key: Key, value: Value)] = []

  init(span: SourceSpan, isClosed: Bool) {
    self.span = span
    self.isClosed = isClosed
  }

  /// The table of a key, which is made if it is missing.
  func inner(_ key: Key, in source: SourceText) throws(ConfigurationFailure) -> TOMLTable {
    guard let known = members.first(where: { $0.key.name == key.name }) else {
      let table = TOMLTable(span: key.span, isClosed: false)
      members.append((key, .table(table)))
      return table
    }
    guard case .table(let table) = known.value, !table.isClosed else {
      throw .duplicate(key.name, at: key.span, in: source)
    }
    return table
  }

  func add(
    _ key: Key,
    _ value: ConfigurationNode,
    in source: SourceText
  ) throws(ConfigurationFailure) {
    if members.contains(where: { $0.key.name == key.name }) {
      throw .duplicate(key.name, at: key.span, in: source)
    }
    members.append((key, .node(value)))
  }

  /// The table as it was read.
  var node: ConfigurationNode {
    let members = members.map { key, value in
      let node =
        switch value {
        case .node(let node): node
        case .table(let table): table.node
        }
      return ConfigurationNode.Member(name: key.name, span: key.span, value: node)
    }
    return ConfigurationNode(content: .table(members), span: span)
  }
}

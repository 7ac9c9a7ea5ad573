import Columnar

/// A `--load` argument that cannot be read; says what was found and what to write.
public struct LoadSpecificationError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

extension LoadRequest {
  /// Reads `Table=FILE` or `Table(name:type, …)=FILE`.
  ///
  /// Names that are no plain identifiers may stand in `['…']` or `["…"]`.
  public init(specification: String) throws(LoadSpecificationError) {
    var reader = SpecificationReader(specification)
    let table = try reader.name()
    var columns: [ColumnSchema]?
    if reader.take("(") {
      var stated: [ColumnSchema] = []
      repeat {
        let column = try reader.column()
        if stated.contains(where: { $0.name == column.name }) {
          throw LoadSpecificationError("column '\(column.name)' is stated twice")
        }
        stated.append(column)
      } while reader.take(",")
      try reader.expect(")", after: "the columns")
      columns = stated
    }
    try reader.expect("=", after: "the table")
    let path = reader.rest
    if path.isEmpty {
      throw LoadSpecificationError("no file after '='; write Table=FILE, or Table=- for stdin")
    }
    self.init(table: table, paths: [path], columns: columns)
  }
}

/// Walks over the text of a `--load` argument.
private struct SpecificationReader {
  private var text: Substring

  init(_ text: String) { self.text = text[...] }

  /// What is left; a file name may hold anything.
  var rest: String { String(text) }

  mutating func take(_ mark: Character) -> Bool {
    skipBlanks()
    guard text.first == mark else { return false }
    text.removeFirst()
    return true
  }

  mutating func expect(_ mark: Character, after what: String) throws(LoadSpecificationError) {
    if take(mark) { return }
    let found = text.first.map { "'\($0)'" } ?? "the end"
    throw LoadSpecificationError(
      "expected '\(mark)' after \(what), found \(found); "
        + "write Table=FILE or Table(name:type, ...)=FILE"
    )
  }

  mutating func column() throws(LoadSpecificationError) -> ColumnSchema {
    let name = try name()
    try expect(":", after: "the column '\(name)'")
    let typeName = try self.name()
    guard let type = ScalarType(name: typeName) else {
      let known = ScalarType.allCases.map(\.name).joined(separator: ", ")
      throw LoadSpecificationError(
        "'\(typeName)' is no type; the types are \(known)"
      )
    }
    return ColumnSchema(name, type)
  }

  mutating func name() throws(LoadSpecificationError) -> String {
    skipBlanks()
    if text.hasPrefix("['") || text.hasPrefix("[\"") { return try quotedName() }
    let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." }
    if name.isEmpty {
      let found = text.first.map { "'\($0)'" } ?? "the end"
      throw LoadSpecificationError(
        "expected a name, found \(found); write Table=FILE or Table(name:type, ...)=FILE"
      )
    }
    text.removeFirst(name.count)
    return String(name)
  }

  private mutating func quotedName() throws(LoadSpecificationError) -> String {
    let quote = text.dropFirst().first ?? "'"
    let inside = text.dropFirst(2)
    guard let end = inside.firstIndex(of: quote), inside[end...].dropFirst().first == "]",
      end != inside.startIndex
    else {
      throw LoadSpecificationError("a name in brackets ends with \(quote)], as in ['a name']")
    }
    text = inside[end...].dropFirst(2)
    return String(inside[..<end])
  }

  private mutating func skipBlanks() { text = text.drop { $0 == " " } }
}

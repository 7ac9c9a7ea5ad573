import Alerts
import Columnar
import Hunting
import OperationalStore
import StructuredText

/// A row of a table as it was ingested, by the names of its columns; cells that say nothing are
/// left out.
struct IngestedRow {
  let cells: [String: Scalar]

  init(_ cells: [String: Scalar]) { self.cells = cells }

  /// Reads ``stored``; what is no value of its type is left out.
  init(stored text: String) {
    var cells: [String: Scalar] = [:]
    for (key, value) in StoredJSON.members(text) {
      guard let colon = key.lastIndex(of: ":"),
        let type = ScalarType(name: String(key[key.index(after: colon)...])),
        let scalar = Self.scalar(value, type)
      else { continue }
      cells[String(key[..<colon])] = scalar
    }
    self.cells = cells
  }

  /// What the database keeps: the same for the same cells.
  var stored: String {
    StoredJSON.mapping(
      cells.sorted { $0.key < $1.key }.map { name, cell in
        // The text of a dynamic does not tell what it was.
        ("\(name):\(cell.type.name)", cell.type == .dynamic ? Self.json(cell) : Self.text(cell))
      }
    )
  }

  /// All cells as one object, by the names of their columns.
  var object: Scalar {
    FieldValue.fields(cells.sorted { $0.key < $1.key }.map { ($0.key, .scalar($0.value)) }).cell
  }

  /// The text of a cell as the database can keep it; nil where there is none.
  func text(_ name: String) -> String? { key(name)?.storable }

  /// The text of a cell as it was ingested, by which rows are of one thing.
  func key(_ name: String) -> String? { cells[name].map(Self.text) }

  func time(_ names: String...) -> DateTime? {
    for name in names {
      if case .datetime(let time) = cells[name] { return time }
    }
    return nil
  }

  /// The document of a cell that holds JSON, as a value or as a text.
  func document(_ name: String) -> DocumentNode? {
    text(name).flatMap { try? TextDocument(Array($0.utf8), format: .json).root }?.storable
  }

  /// The texts of a cell that holds a list in JSON.
  func list(_ name: String) -> [String] { document(name)?.items?.compactMap(\.text) ?? [] }

  private static func text(_ cell: Scalar) -> String {
    var sink = ByteSink()
    CellText.append(cell, to: &sink)
    return sink.text()
  }

  private static func json(_ cell: Scalar) -> String {
    var sink = ByteSink()
    CellText.appendJSON(cell, to: &sink)
    return sink.text()
  }

  private static func scalar(_ text: String, _ type: ScalarType) -> Scalar? {
    switch type {
    case .string: .string(ByteString(text))
    case .datetime: DateTime(parsing: Array(text.utf8)).map { .datetime($0) }
    case .long: Int64(text).map { .long($0) }
    case .int: Int32(text).map { .int($0) }
    case .real: Double(text).map { .real($0) }
    case .bool: Bool(text.lowercased()).map { .bool($0) }
    case .dynamic: dynamic(text)
    default: nil
    }
  }

  static func dynamic(_ json: String) -> Scalar? {
    var writer = DynamicWriter()
    let isRead = Array(json.utf8).withUnsafeBufferPointer { JSONParser.parse($0, into: &writer) }
    return isRead ? .dynamic(writer.value()) : nil
  }
}

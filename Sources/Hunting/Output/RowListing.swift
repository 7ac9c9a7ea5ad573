package import Columnar
package import Execution

/// What listings of things as rows write their columns and cells with.
package protocol RowListing {}

extension RowListing {
  package static func texts(_ names: String...) -> [ColumnSchema] {
    names.map { ColumnSchema($0, .string) }
  }

  package static func times(_ names: String...) -> [ColumnSchema] {
    names.map { ColumnSchema($0, .datetime) }
  }

  package static func numbers(_ names: String...) -> [ColumnSchema] {
    names.map { ColumnSchema($0, .long) }
  }

  /// Columns of lists and objects.
  package static func dynamics(_ names: String...) -> [ColumnSchema] {
    names.map { ColumnSchema($0, .dynamic) }
  }

  package static func flags(_ names: String...) -> [ColumnSchema] {
    names.map { ColumnSchema($0, .bool) }
  }

  package static func text(_ value: String) -> Scalar { .string(ByteString(value)) }

  package static func time(_ value: DateTime?) -> Scalar {
    value.map { .datetime($0) } ?? .null(.datetime)
  }

  /// A row for each fact that is known.
  package static func facts(_ facts: [(String, String)]) -> QueryResult {
    StoreListing.rows(Schema(texts("Fact", "Value")), facts.filter { !$0.1.isEmpty }) {
      [text($0.0), text($0.1)]
    }
  }
}

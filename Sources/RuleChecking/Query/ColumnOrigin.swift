import KQLBinding
import QueryPlan
import SourceText

/// Where the values of a column of a result come from.
enum ColumnOrigin: Sendable, Equatable {
  /// Values of a table's column as they are.
  case own(OwnColumn)
  /// One value for many rows, such as `max(Timestamp)`.
  case aggregated(function: String, OwnColumn)
  /// Anything else.
  case computed

  /// The table's column behind it, if it is handed on as it is.
  var own: OwnColumn? {
    if case .own(let column) = self { column } else { nil }
  }
}

/// A column of a table, or of each of several tables of a union.
struct OwnColumn: Sendable, Equatable {
  /// What the table calls it.
  let name: String
  let tables: Set<String>
  /// What chose the rows: scans, or `arg_max` and its kin. Columns with nothing of this in common
  /// are of different rows; empty for a key, which all rows of a group share.
  var rows: Set<SourceSpan>

  /// Whether values stand beside those of another column in rows of the tables.
  func isOfSameRow(as other: OwnColumn) -> Bool {
    rows.isEmpty || other.rows.isEmpty || !rows.isDisjoint(with: other.rows)
  }
}

/// Where the columns of a result come from, by their names.
struct ResultOrigins: Sendable {
  private var origins: [String: ColumnOrigin] = [:]

  init() {}

  init(of result: BoundResult) {
    let found = Lineage.origins(of: result.plan)
    for column in result.columns { origins[column.name] = found[column.id] ?? .computed }
  }

  /// The origin of a column; nil where there is none of that name.
  subscript(column: String) -> ColumnOrigin? { origins[column] }
}

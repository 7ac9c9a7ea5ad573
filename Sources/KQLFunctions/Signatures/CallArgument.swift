public import Columnar

/// A column of the rows that a call sees, or of the result of a call; a type of nil is unknown.
public struct CallColumn: Sendable, Hashable {
  public let name: String
  public let type: ScalarType?

  public init(_ name: String, _ type: ScalarType?) {
    self.name = name
    self.type = type
  }
}

/// What the resolver of signatures must know of an argument.
public struct CallArgument: Sendable, Hashable {
  /// What an argument is.
  public enum Value: Sendable, Hashable {
    /// An expression of a type; nil where the type is unknown or the expression has an error
    /// already: such an argument fits every parameter and raises no further problem.
    case scalar(ScalarType?)
    /// `*`.
    case star
    /// `typeof(long)`; nil where it names several columns (`columns` has them).
    case typeLiteral(ScalarType?)
    /// A table; `columns` has its columns.
    case table
  }

  public var value: Value
  /// The name that the expression alone would give a column; nil where it has none.
  public var name: String?
  /// Whether the expression is a reference to a column.
  public var isColumn: Bool
  /// Whether the value is the same for all rows.
  public var isConstant: Bool
  /// Whether the expression is a literal.
  public var isLiteral: Bool
  /// The text of a literal or constant: of a string what it holds, of a number as it is written.
  public var text: String?
  /// The columns of a table or of a `typeof(a: long, …)` (with those of the rows where it has a
  /// `*`); of the aggregate of `pivot` those that it refers to.
  public var columns: [CallColumn]

  public init(
    _ value: Value,
    name: String? = nil,
    isColumn: Bool = false,
    isConstant: Bool = false,
    isLiteral: Bool = false,
    text: String? = nil,
    columns: [CallColumn] = []
  ) {
    self.value = value
    self.name = name
    self.isColumn = isColumn
    self.isConstant = isConstant || isLiteral
    self.isLiteral = isLiteral
    self.text = text
    self.columns = columns
  }

  /// A reference to a column.
  public static func column(_ name: String, _ type: ScalarType?) -> CallArgument {
    CallArgument(.scalar(type), name: name, isColumn: true)
  }

  /// A literal, with its text as `text` describes it.
  public static func literal(_ type: ScalarType?, _ text: String) -> CallArgument {
    CallArgument(.scalar(type), isLiteral: true, text: text)
  }

  /// An expression of a type without a name.
  public static func expression(_ type: ScalarType?) -> CallArgument {
    CallArgument(.scalar(type))
  }

  /// The type of a scalar argument, else nil.
  public var type: ScalarType? {
    if case .scalar(let type) = value { type } else { nil }
  }

  /// Whether nothing is known of the type.
  public var isUnknown: Bool { value == .scalar(nil) }
}

/// Where a call stands: what some results depend on beside the arguments.
public struct CallContext: Sendable {
  /// The columns of the rows, for `*`, `pack_all()` and plugins that pass rows on.
  public var rowColumns: [CallColumn]
  /// The columns that `summarize … by` has as keys: `*` leaves them out.
  public var keyColumns: [String]

  public init(rowColumns: [CallColumn] = [], keyColumns: [String] = []) {
    self.rowColumns = rowColumns
    self.keyColumns = keyColumns
  }
}

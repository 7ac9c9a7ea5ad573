/// The ten scalar types of KQL.
@frozen
public enum ScalarType: UInt8, Sendable, Hashable, CaseIterable {
  case bool
  case int
  case long
  case real
  case decimal
  case string
  case datetime
  case timespan
  case guid
  case dynamic

  /// Finds a type by its name or one of its aliases (`boolean`, `double`, `date`, `time`, `uuid`).
  public init?(name: String) {
    switch name {
    case "bool", "boolean": self = .bool
    case "int", "int32": self = .int
    case "long", "int64": self = .long
    case "real", "double": self = .real
    case "decimal": self = .decimal
    case "string": self = .string
    case "datetime", "date": self = .datetime
    case "timespan", "time": self = .timespan
    case "guid", "uuid", "uniqueid": self = .guid
    case "dynamic": self = .dynamic
    default: return nil
    }
  }

  /// The canonical name, as `getschema` prints it.
  public var name: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .long: "long"
    case .real: "real"
    case .decimal: "decimal"
    case .string: "string"
    case .datetime: "datetime"
    case .timespan: "timespan"
    case .guid: "guid"
    case .dynamic: "dynamic"
    }
  }

  /// Bytes of a value in a fixed-width vector; 0 for string and dynamic, which are text vectors.
  @inlinable public var byteWidth: Int {
    switch self {
    case .bool: 1
    case .int: 4
    case .long, .real, .datetime, .timespan: 8
    case .decimal, .guid: 16
    case .string, .dynamic: 0
    }
  }

  /// Whether values are kept as views into a heap of bytes.
  @inlinable public var isText: Bool { self == .string || self == .dynamic }

  /// Whether the type is one of int, long, real and decimal.
  @inlinable public var isNumeric: Bool {
    switch self {
    case .int, .long, .real, .decimal: true
    default: false
    }
  }

  /// Whether the type has a null value; string has none.
  @inlinable public var isNullable: Bool { self != .string }
}

/// One value of any KQL type, for literals, constants and edges of the engine; never in row loops.
@frozen
public enum Scalar: Sendable, Hashable {
  /// The null of a type; `string` has none (its missing value is the empty string).
  case null(ScalarType)
  case bool(Bool)
  case int(Int32)
  case long(Int64)
  case real(Double)
  case decimal(Decimal128)
  case string(ByteString)
  case datetime(DateTime)
  case timespan(TimeSpan)
  case guid(GUID)
  case dynamic(DynamicValue)

  /// The type of the value.
  public var type: ScalarType {
    switch self {
    case .null(let type): type
    case .bool: .bool
    case .int: .int
    case .long: .long
    case .real: .real
    case .decimal: .decimal
    case .string: .string
    case .datetime: .datetime
    case .timespan: .timespan
    case .guid: .guid
    case .dynamic: .dynamic
    }
  }

  /// Whether the value is a null.
  @inlinable public var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  /// The value that stands for "nothing" in a column of a type: `""` for string, else null.
  public static func missing(_ type: ScalarType) -> Scalar {
    type == .string ? .string(ByteString([])) : .null(type)
  }
}

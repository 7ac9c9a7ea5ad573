/// The kind of a dynamic value.
///
/// The raw values are part of the binary encoding.
@frozen
public enum DynamicKind: UInt8, Sendable, CaseIterable {
  case null = 0
  case bool = 1
  case long = 2
  case real = 3
  case string = 4
  case datetime = 5
  case timespan = 6
  case guid = 7
  case decimal = 8
  case array = 9
  case bag = 10
}

/// Limits of the dynamic type.
public enum DynamicLimit {
  /// The number of arrays and bags that may lie in one another.
  public static let depth = 250
  /// The largest encoding of one value in bytes.
  public static let byteCount = 1 << 30
}

/// A Swift type that a fixed-width vector holds; it names the KQL type.
public protocol FixedWidthValue: BitwiseCopyable, Sendable {
  /// The KQL type whose values have this form.
  static var scalarType: ScalarType { get }
  /// The value kept under a null flag; never seen by queries.
  static var filler: Self { get }
  /// The value as a scalar.
  var scalar: Scalar { get }
}

extension Bool: FixedWidthValue {
  @inlinable public static var scalarType: ScalarType { .bool }
  @inlinable public static var filler: Bool { false }
  @inlinable public var scalar: Scalar { .bool(self) }
}

extension Int32: FixedWidthValue {
  @inlinable public static var scalarType: ScalarType { .int }
  @inlinable public static var filler: Int32 { 0 }
  @inlinable public var scalar: Scalar { .int(self) }
}

extension Int64: FixedWidthValue {
  @inlinable public static var scalarType: ScalarType { .long }
  @inlinable public static var filler: Int64 { 0 }
  @inlinable public var scalar: Scalar { .long(self) }
}

extension Double: FixedWidthValue {
  @inlinable public static var scalarType: ScalarType { .real }
  @inlinable public static var filler: Double { 0 }
  @inlinable public var scalar: Scalar { .real(self) }
}

extension DateTime: FixedWidthValue {
  @inlinable public static var scalarType: ScalarType { .datetime }
  @inlinable public static var filler: DateTime { DateTime(ticks: 0) }
  @inlinable public var scalar: Scalar { .datetime(self) }
}

extension TimeSpan: FixedWidthValue {
  @inlinable public static var scalarType: ScalarType { .timespan }
  @inlinable public static var filler: TimeSpan { TimeSpan(ticks: 0) }
  @inlinable public var scalar: Scalar { .timespan(self) }
}

extension GUID: FixedWidthValue {
  @inlinable public static var scalarType: ScalarType { .guid }
  public static var filler: GUID { GUID(high: 0, low: 0) }
  @inlinable public var scalar: Scalar { .guid(self) }
}

extension Decimal128: FixedWidthValue {
  @inlinable public static var scalarType: ScalarType { .decimal }
  public static var filler: Decimal128 { Decimal128(high: 0, low: 0) }
  @inlinable public var scalar: Scalar { .decimal(self) }
}

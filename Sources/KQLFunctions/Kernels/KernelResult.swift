public import Columnar

/// A Swift type that a kernel's closure may return: a fixed-width value, or an optional of one
/// where nil is null.
public protocol KernelResult {
  associatedtype Stored: FixedWidthValue
  /// The value to store, or nil for null.
  var stored: Stored? { get }
}

extension KernelResult where Self: FixedWidthValue {
  @inlinable public var stored: Self? { self }
}

extension Bool: KernelResult {}
extension Int32: KernelResult {}
extension Int64: KernelResult {}
extension Double: KernelResult {}
extension DateTime: KernelResult {}
extension TimeSpan: KernelResult {}
extension GUID: KernelResult {}
extension Decimal128: KernelResult {}

extension Optional: KernelResult where Wrapped: FixedWidthValue {
  public typealias Stored = Wrapped
  @inlinable public var stored: Wrapped? { self }
}

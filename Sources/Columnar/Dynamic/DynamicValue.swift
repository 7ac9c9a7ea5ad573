/// A dynamic value that owns its encoding.
public struct DynamicValue: Hashable, Sendable {
  /// The encoding.
  public let bytes: [UInt8]

  /// Takes over an encoding made by `DynamicWriter`.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// Copies the value that a view shows.
  public init(_ view: DynamicView) { bytes = Array(view.bytes) }

  /// The null value.
  public static let null = DynamicValue(bytes: [])

  /// Gives a view of the value to `body`; it must not leave it.
  @inlinable
  public func withView<Result>(_ body: (DynamicView) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBufferPointer { try body(DynamicView($0)) }
  }

  /// The kind of the value.
  public var kind: DynamicKind { withView { $0.kind } }

  public static func == (left: DynamicValue, right: DynamicValue) -> Bool {
    left.withView { leftView in right.withView { leftView.isEqual(to: $0) } }
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(withView { $0.hash }) }
}

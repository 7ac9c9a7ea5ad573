/// A KQL string value: UTF-8 bytes, compared ordinally.
///
/// Swift's own `String` folds canonically equivalent texts together, which would be a wrong
/// answer here and a way to evade a detection.
@frozen
public struct ByteString: Sendable, Hashable, Comparable, ExpressibleByStringLiteral {
  /// The bytes; not always valid UTF-8, since data are hostile.
  public var bytes: [UInt8]

  @inlinable
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  @inlinable
  public init(_ text: String) { self.bytes = Array(text.utf8) }

  @inlinable
  public init(stringLiteral text: String) { self.bytes = Array(text.utf8) }

  /// The text, with invalid UTF-8 replaced.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public static func < (left: ByteString, right: ByteString) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

/// A half-open range of UTF-8 byte offsets in a query text.
@frozen
public struct SourceSpan: Sendable, Hashable {
  /// Offset of the first byte.
  public var start: Int
  /// Offset after the last byte; never less than `start`.
  public var end: Int

  @inlinable
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end < start ? start : end
  }

  /// An empty span at an offset, for something that is missing there.
  @inlinable
  public static func at(_ offset: Int) -> SourceSpan { SourceSpan(offset, offset) }

  /// The number of bytes covered.
  @inlinable public var length: Int { end - start }

  /// The span as a range of byte offsets.
  @inlinable public var range: Range<Int> { start..<end }

  /// The smallest span that covers both.
  @inlinable
  public func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(min(start, other.start), max(end, other.end))
  }
}

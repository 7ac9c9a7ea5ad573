/// Writes encoded dynamic values one behind the other.
///
/// A value written while no array or bag is open is a finished top-level value: it takes the
/// bytes from the previous `byteCount` to the new one. Misuse, too deep nesting and too large
/// values make `hasFailed` true and write nothing more until `rewind`.
public struct DynamicWriter: ~Copyable, Sendable {
  @usableFromInline var sink: ByteSink
  /// The ends of the children of all open containers, outermost first.
  @usableFromInline var bounds: [UInt32] = []
  @usableFromInline var frames: [Frame] = []
  /// Whether something could not be written since the last `rewind` or `removeAll`.
  public private(set) var hasFailed = false

  /// An array or bag that is open.
  @frozen
  @usableFromInline
  struct Frame {
    /// Where the children start in the sink.
    @usableFromInline let start: Int
    /// The number of bounds of the enclosing containers.
    @usableFromInline let firstBound: Int
    @usableFromInline let isBag: Bool
    /// The depth of the deepest child so far.
    @usableFromInline var childDepth = 0

    @usableFromInline init(start: Int, firstBound: Int, isBag: Bool) {
      self.start = start
      self.firstBound = firstBound
      self.isBag = isBag
    }
  }

  /// Makes a writer with room for `capacity` bytes.
  public init(capacity: Int = 256) { sink = ByteSink(capacity: capacity) }

  /// The number of bytes written.
  @inlinable public var byteCount: Int { sink.count }

  /// The number of arrays and bags that are open.
  @inlinable public var openCount: Int { frames.count }

  /// The bytes written; valid until the next change.
  @inlinable public var bytes: UnsafeBufferPointer<UInt8> { sink.bytes }

  /// A view of what was written since `offset`; valid until the next change.
  @inlinable public func view(from offset: Int = 0) -> DynamicView {
    let start = max(0, min(offset, sink.count))
    return DynamicView(
      UnsafePointer(sink.storage) + start,
      count: hasFailed ? 0 : sink.count &- start
    )
  }

  /// Copies what was written since `offset`; null when writing failed.
  public func value(from offset: Int = 0) -> DynamicValue { DynamicValue(view(from: offset)) }

  /// Closes all containers, forgets a failure and drops the bytes behind `offset`.
  public mutating func rewind(to offset: Int) {
    sink.truncate(to: offset)
    bounds.removeAll(keepingCapacity: true)
    frames.removeAll(keepingCapacity: true)
    hasFailed = false
  }

  /// A state of a writer to which it can go back.
  public struct Mark: Sendable {
    let byteCount: Int
    let boundCount: Int
    let frameCount: Int
    let hasFailed: Bool
  }

  /// The present state. Going back to it is possible until a container open now is closed.
  public var mark: Mark {
    Mark(
      byteCount: sink.count,
      boundCount: bounds.count,
      frameCount: frames.count,
      hasFailed: hasFailed
    )
  }

  /// Drops what was written since `mark`.
  public mutating func rewind(to mark: Mark) {
    sink.truncate(to: mark.byteCount)
    bounds.removeLast(max(0, bounds.count &- mark.boundCount))
    frames.removeLast(max(0, frames.count &- mark.frameCount))
    hasFailed = mark.hasFailed
  }

  /// Drops everything and keeps the memory.
  public mutating func removeAll() { rewind(to: 0) }

  /// Records that the value cannot be written.
  @usableFromInline mutating func fail() { hasFailed = true }
}

extension DynamicWriter {
  /// Appends null.
  @inlinable public mutating func appendNull() {
    sink.append(0)
    endChild()
  }

  /// Appends a bool.
  @inlinable public mutating func append(bool value: Bool) {
    sink.append(DynamicLayout.tag(.bool, variant: value ? 1 : 0))
    endChild()
  }

  /// Appends a long in the fewest bytes.
  @inlinable public mutating func append(long value: Int64) {
    let room = UnsafeMutableRawPointer(sink.room(for: 9))
    let size: Int
    if value == Int64(Int8(truncatingIfNeeded: value)) {
      size = 1
    } else if value == Int64(Int16(truncatingIfNeeded: value)) {
      size = 2
    } else if value == Int64(Int32(truncatingIfNeeded: value)) {
      size = 4
    } else {
      size = 8
    }
    room.storeBytes(of: value.littleEndian, as: Int64.self)
    room.storeBytes(of: DynamicKind.long.rawValue, toByteOffset: size, as: UInt8.self)
    sink.advance(by: size &+ 1)
    endChild()
  }

  /// Appends a real.
  @inlinable public mutating func append(real value: Double) {
    append(word: value.bitPattern, kind: .real)
  }

  /// Appends a datetime.
  @inlinable public mutating func append(datetime value: DateTime) {
    append(word: UInt64(bitPattern: value.ticks), kind: .datetime)
  }

  /// Appends a timespan.
  @inlinable public mutating func append(timespan value: TimeSpan) {
    append(word: UInt64(bitPattern: value.ticks), kind: .timespan)
  }

  /// Appends a guid.
  @inlinable public mutating func append(guid value: GUID) {
    sink.append(word: value.high)
    append(word: value.low, kind: .guid)
  }

  /// Appends a decimal.
  @inlinable public mutating func append(decimal value: Decimal128) {
    sink.append(word: value.high)
    append(word: value.low, kind: .decimal)
  }

  /// Appends a string.
  @inlinable public mutating func append(string bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count < DynamicLimit.byteCount else { return fail() }
    sink.append(bytes)
    sink.append(DynamicKind.string.rawValue)
    endChild()
  }

  /// Appends a string.
  @inlinable public mutating func append(string bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { append(string: $0) }
  }

  /// Appends a copy of a value.
  @inlinable public mutating func append(_ view: DynamicView) {
    guard view.byteCount > 0 else { return appendNull() }
    if !frames.isEmpty {
      let depth = view.depth
      if depth &+ frames.count > DynamicLimit.depth { return fail() }
      noteChild(depth: depth)
    }
    sink.append(view.bytes)
    endChild()
  }

  /// Appends a copy of a value.
  @inlinable public mutating func append(_ value: DynamicValue) {
    value.withView { append($0) }
  }

  @inlinable @inline(__always)
  mutating func append(word: UInt64, kind: DynamicKind) {
    sink.append(word: word)
    sink.append(kind.rawValue)
    endChild()
  }

  /// Notes the depth of a child in the container that holds it.
  @inlinable @inline(__always)
  mutating func noteChild(depth: Int) {
    let last = frames.count &- 1
    if last >= 0, frames[last].childDepth < depth { frames[last].childDepth = depth }
  }

  /// Notes the end of a value in the container that holds it.
  @inlinable @inline(__always)
  mutating func endChild() {
    guard let frame = frames.last else { return }
    if frame.isBag, (bounds.count &- frame.firstBound) & 1 == 0 { return fail() }
    bounds.append(UInt32(truncatingIfNeeded: sink.count &- frame.start))
  }
}

/// Collects bytes in one growing raw buffer, without going through `String` or `Array`.
///
/// The sink owns its memory alone, so it is passed as `inout` and never copied. At least
/// `ByteSink.padding` bytes behind the contents may always be read, so that block loads need no
/// tail case.
public struct ByteSink: ~Copyable, @unchecked Sendable {
  /// Bytes that may be read behind the contents of any sink; their values mean nothing.
  public static let padding = 64

  @usableFromInline var storage: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  /// The number of bytes collected.
  public private(set) var count: Int

  /// Makes an empty sink that holds `capacity` bytes before it grows.
  public init(capacity: Int = 256) {
    let size = max(capacity, 16)
    storage = .allocateBlock(capacity: size &+ Self.padding)
    storage.initialize(repeating: 0, count: size &+ Self.padding)
    self.capacity = size
    count = 0
  }

  deinit { storage.freeBlock() }

  /// The bytes collected; valid until the next change of the sink.
  @inlinable public var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: storage, count: count)
  }

  /// Copies the bytes collected.
  public func array() -> [UInt8] { Array(bytes) }

  /// The bytes collected as a string, with invalid UTF-8 replaced; for messages and tests.
  public func text() -> String { String(decoding: bytes, as: UTF8.self) }
}

extension ByteSink {
  /// Makes room for `additional` bytes and returns where to write them; `advance` keeps them.
  @inlinable @inline(__always)
  public mutating func room(for additional: Int) -> UnsafeMutablePointer<UInt8> {
    if capacity &- count < additional { grow(by: additional) }
    return storage + count
  }

  /// Counts bytes that were written into the room given by `room(for:)`.
  @inlinable @inline(__always)
  public mutating func advance(by written: Int) { setCount(count &+ written) }

  /// Appends one byte.
  @inlinable @inline(__always)
  public mutating func append(_ byte: UInt8) {
    room(for: 1).pointee = byte
    setCount(count &+ 1)
  }

  /// Appends bytes.
  @inlinable public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    room(for: bytes.count).update(from: source, count: bytes.count)
    setCount(count &+ bytes.count)
  }

  /// Appends bytes.
  @inlinable public mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { append($0) }
  }

  /// Appends a fixed text.
  @inlinable public mutating func append(_ text: StaticString) {
    guard text.hasPointerRepresentation else { return }
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends the UTF-8 bytes of a string; not for row loops.
  public mutating func append(text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Appends the eight bytes of a word, lowest first.
  @inlinable public mutating func append(word: UInt64) {
    UnsafeMutableRawPointer(room(for: 8)).storeBytes(of: word.littleEndian, as: UInt64.self)
    setCount(count &+ 8)
  }

  /// Drops bytes from the end until `newCount` are left.
  @inlinable public mutating func truncate(to newCount: Int) {
    if newCount >= 0, newCount < count { setCount(newCount) }
  }

  /// Drops all bytes and keeps the memory.
  @inlinable public mutating func removeAll() { setCount(0) }

  @usableFromInline @inline(__always)
  mutating func setCount(_ newCount: Int) { count = newCount }

  /// Makes the memory at least twice as large; the pages of large contents are moved, not copied.
  @usableFromInline @inline(never)
  mutating func grow(by additional: Int) {
    let size = max(capacity &* 2, count &+ additional)
    storage = storage.resizeBlock(capacity: size &+ Self.padding)
    (storage + size).initialize(repeating: 0, count: Self.padding)
    capacity = size
  }
}

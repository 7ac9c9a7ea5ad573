/// Reads an encoded dynamic value in place.
///
/// The view borrows memory that its maker keeps alive. Reading is safe for any bytes: an encoding
/// that makes no sense reads as null. A view of no bytes is null.
@frozen
public struct DynamicView {
  /// The first byte of the encoding.
  public let start: UnsafePointer<UInt8>
  /// The number of bytes of the encoding.
  public let byteCount: Int

  /// Makes a view of `count` bytes of an encoding.
  @inlinable @inline(__always)
  public init(_ start: UnsafePointer<UInt8>, count: Int) {
    self.start = start
    byteCount = count
  }

  /// Makes a view of an encoding; empty bytes are null.
  @inlinable @inline(__always)
  public init(_ bytes: UnsafeBufferPointer<UInt8>) {
    if let start = bytes.baseAddress {
      self.start = start
      byteCount = bytes.count
    } else {
      self = .null
    }
  }

  /// The null value.
  @inlinable public static var null: DynamicView {
    DynamicView(dynamicNullEncoding.utf8Start, count: 0)
  }

  /// The encoding.
  @inlinable public var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start, count: byteCount)
  }

  @inlinable @inline(__always)
  var tag: UInt8 { byteCount > 0 ? start[byteCount &- 1] : 0 }

  /// The kind of the value.
  @inlinable @inline(__always)
  public var kind: DynamicKind { DynamicKind(rawValue: tag & 15) ?? .null }

  /// Whether the value is null.
  @inlinable @inline(__always)
  public var isNull: Bool { kind == .null }

  @inlinable @inline(__always)
  var raw: UnsafeRawPointer { UnsafeRawPointer(start) }
}

/// What `DynamicView.null` points to.
@usableFromInline let dynamicNullEncoding: StaticString = "\0"

extension DynamicView {
  /// The value of a bool, nil for other kinds.
  @inlinable public var bool: Bool? {
    kind == .bool ? tag &>> 4 != 0 : nil
  }

  /// The value of a long, nil for other kinds.
  @inlinable public var long: Int64? {
    guard kind == .long else { return nil }
    switch byteCount {
    case 2: return Int64(raw.load(as: Int8.self))
    case 3: return Int64(Int16(littleEndian: raw.loadUnaligned(as: Int16.self)))
    case 5: return Int64(Int32(littleEndian: raw.loadUnaligned(as: Int32.self)))
    case 9: return Int64(littleEndian: raw.loadUnaligned(as: Int64.self))
    default: return nil
    }
  }

  /// The value of a real, nil for other kinds.
  @inlinable public var real: Double? {
    word(.real).map { Double(bitPattern: $0) }
  }

  /// The value of a datetime, nil for other kinds.
  @inlinable public var datetime: DateTime? {
    word(.datetime).map { DateTime(ticks: Int64(bitPattern: $0)) }
  }

  /// The value of a timespan, nil for other kinds.
  @inlinable public var timespan: TimeSpan? {
    word(.timespan).map { TimeSpan(ticks: Int64(bitPattern: $0)) }
  }

  /// The value of a guid, nil for other kinds.
  @inlinable public var guid: GUID? {
    words(.guid).map { GUID(high: $0.high, low: $0.low) }
  }

  /// The value of a decimal, nil for other kinds.
  @inlinable public var decimal: Decimal128? {
    words(.decimal).map { Decimal128(high: $0.high, low: $0.low) }
  }

  /// The UTF-8 bytes of a string, nil for other kinds.
  @inlinable public var string: UnsafeBufferPointer<UInt8>? {
    kind == .string ? UnsafeBufferPointer(start: start, count: byteCount &- 1) : nil
  }

  @inlinable @inline(__always)
  func word(_ wanted: DynamicKind) -> UInt64? {
    guard kind == wanted, byteCount == 9 else { return nil }
    return UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
  }

  @inlinable @inline(__always)
  func words(_ wanted: DynamicKind) -> (high: UInt64, low: UInt64)? {
    guard kind == wanted, byteCount == 17 else { return nil }
    return (
      UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)),
      UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    )
  }
}

extension DynamicView {
  @inlinable @inline(__always)
  var layout: DynamicLayout? {
    switch kind {
    case .array: DynamicLayout(start, count: byteCount, isBag: false)
    case .bag: DynamicLayout(start, count: byteCount, isBag: true)
    default: nil
    }
  }

  /// How many arrays and bags lie in one another, this value included; 0 for scalars.
  @inlinable public var depth: Int {
    kind.rawValue >= DynamicKind.array.rawValue && byteCount >= 2
      ? Int(start[byteCount &- 2]) : 0
  }

  /// The number of elements of an array or members of a bag; 0 for other kinds.
  @inlinable public var count: Int { layout?.count ?? 0 }

  /// The element of an array by position; a negative one counts from the end. Nil when there is
  /// no such element or the value is no array.
  @inlinable public func element(at index: Int) -> DynamicView? {
    guard kind == .array, let layout else { return nil }
    let position = index < 0 ? index &+ layout.count : index
    guard position >= 0, position < layout.count else { return nil }
    return layout.element(position)
  }

  /// The value of the bag member with a key; nil when there is none or the value is no bag.
  @inlinable public func member(named name: UnsafeBufferPointer<UInt8>) -> DynamicView? {
    member(named: name, tag: dynamicNameTag(name))
  }

  /// The value of the bag member with a prepared key.
  @inlinable public func member(named name: borrowing DynamicName) -> DynamicView? {
    name.bytes.withUnsafeBufferPointer { member(named: $0, tag: name.tag) }
  }

  @inlinable
  func member(named name: UnsafeBufferPointer<UInt8>, tag: UInt8) -> DynamicView? {
    guard kind == .bag, let layout else { return nil }
    let index = layout.indexOfMember(name, tag: tag)
    return index < 0 ? nil : layout.value(index)
  }

  /// The elements of an array, nothing for other kinds.
  @inlinable public var elements: DynamicElements {
    DynamicElements(kind == .array ? layout : nil)
  }

  /// The members of a bag in the order in which they were put in, nothing for other kinds.
  @inlinable public var members: DynamicMembers {
    DynamicMembers(kind == .bag ? layout : nil)
  }
}

/// A bag key with its hash, made once for many look-ups.
@frozen
public struct DynamicName: Hashable, Sendable {
  /// The UTF-8 bytes of the key.
  public let bytes: [UInt8]
  @usableFromInline let tag: UInt8

  /// Prepares a key.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    tag = bytes.withUnsafeBufferPointer { dynamicNameTag($0) }
  }
}

/// How the rows of a vector lie in memory.
@frozen
public enum VectorLayout: Sendable {
  /// The same value, possibly null, in every row.
  case constant(Scalar)
  /// One fixed-width value a row: every type but string and dynamic.
  case fixed(FixedRows)
  /// One view a row into a heap of bytes: string, and dynamic in its binary form.
  case text(TextRows)
  /// One code a row into a dictionary of values: any type, mostly string.
  case dictionary(DictionaryRows)
}

/// Null flags, one byte a row: 1 is null, 0 is not.
@frozen
public struct NullRows: Sendable {
  public let flags: Buffer
  /// Index of the first row in `flags`.
  public let start: Int

  @inlinable
  public init(flags: Buffer, start: Int = 0) {
    self.flags = flags
    self.start = start
  }

  /// The flag of the first row.
  @inlinable public var base: UnsafePointer<UInt8> {
    UnsafePointer(flags.values(UInt8.self) + start)
  }

  /// The flags from a later row on.
  @inlinable
  public func advanced(by rows: Int) -> NullRows { NullRows(flags: flags, start: start + rows) }
}

/// Fixed-width values; a value under a null flag is unspecified but readable.
@frozen
public struct FixedRows: Sendable {
  public let values: Buffer
  /// Index of the first row in `values`.
  public let start: Int
  /// nil where no row is null.
  public let nulls: NullRows?

  @inlinable
  public init(values: Buffer, start: Int = 0, nulls: NullRows? = nil) {
    self.values = values
    self.start = start
    self.nulls = nulls
  }

  /// The value of the first row.
  @inlinable
  public func base<Value: BitwiseCopyable>(_: Value.Type) -> UnsafePointer<Value> {
    UnsafePointer(values.values(Value.self) + start)
  }
}

/// Views into a heap: byte offset in the low 32 bits, length in the high 32 bits.
@frozen
public struct TextRows: Sendable {
  public let views: Buffer
  /// Index of the first row in `views`.
  public let start: Int
  public let heap: Buffer
  /// nil where no row is null; always nil for string.
  public let nulls: NullRows?
  /// Whether the views ascend through the heap without overlap, so that one pass over the bytes
  /// serves all rows.
  public let isAscending: Bool

  @inlinable
  public init(
    views: Buffer,
    start: Int = 0,
    heap: Buffer,
    nulls: NullRows? = nil,
    isAscending: Bool
  ) {
    self.views = views
    self.start = start
    self.heap = heap
    self.nulls = nulls
    self.isAscending = isAscending
  }

  /// The view of the first row.
  @inlinable public var base: UnsafePointer<UInt64> {
    UnsafePointer(views.values(UInt64.self) + start)
  }

  /// The first byte of the heap.
  @inlinable public var heapBase: UnsafePointer<UInt8> {
    UnsafePointer(heap.values(UInt8.self))
  }

  /// Reads the value of a row that the caller has checked.
  @inlinable
  public subscript(_ row: Int) -> TextView {
    let view = base[row]
    return TextView(
      base: heapBase + Int(view & 0xFFFF_FFFF),
      count: Int(view &>> 32)
    )
  }
}

/// The values behind the codes of dictionary vectors; shared by all batches of a column chunk.
///
/// Identity matters: per-value results are cached by dictionary, not by batch.
public final class VectorDictionary: Sendable {
  /// The values, never themselves constant or dictionary-encoded.
  ///
  /// Whoever hands out rows has made their own values readable; who reads others calls `load`.
  public let values: Vector
  /// Whether no value occurs twice, so that equal codes and equal values are the same thing.
  public let isDistinct: Bool
  private let loader: (any DictionaryLoader)?

  /// Makes a dictionary; with a loader its values may become readable bit by bit.
  public init(values: Vector, isDistinct: Bool, loader: (any DictionaryLoader)? = nil) {
    self.values = values
    self.isDistinct = isDistinct
    self.loader = loader
  }

  /// Makes all values readable, those also that no row at hand has.
  public func load() throws { try loader?.loadAll() }
}

/// Reads the values of a dictionary when they are wanted.
public protocol DictionaryLoader: AnyObject, Sendable {
  /// Makes all values readable.
  func loadAll() throws
}

/// Codes into a dictionary; a null row has the code of a null value of the dictionary.
@frozen
public struct DictionaryRows: Sendable {
  /// `UInt32` codes.
  public let codes: Buffer
  /// Index of the first row in `codes`.
  public let start: Int
  public let dictionary: VectorDictionary

  @inlinable
  public init(codes: Buffer, start: Int = 0, dictionary: VectorDictionary) {
    self.codes = codes
    self.start = start
    self.dictionary = dictionary
  }

  /// The code of the first row.
  @inlinable public var base: UnsafePointer<UInt32> {
    UnsafePointer(codes.values(UInt32.self) + start)
  }
}

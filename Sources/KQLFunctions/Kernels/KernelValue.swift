public import Columnar

/// A Swift type that a kernel's closure may take: it names the KQL type and reads rows.
public protocol KernelValue: SendableMetatype {
  associatedtype Reader: RowReader where Reader.Value == Self
  static var kernelType: ScalarType { get }
}

/// Reads the rows of one argument; a constant argument answers every row.
public protocol RowReader: SendableMetatype {
  associatedtype Value
  /// Makes a reader; the vector must outlive it.
  init(_ vector: Vector)
  subscript(_ row: Int) -> Value { get }
}

/// Reads fixed-width rows; `mask` is 0 for a constant, so that every row reads the first value.
@frozen
public struct FixedReader<Value: FixedWidthValue>: RowReader {
  @usableFromInline let owner: Buffer
  @usableFromInline let base: UnsafePointer<Value>
  @usableFromInline let mask: Int

  @inlinable
  public init(_ vector: Vector) {
    let isConstant = vector.constant != nil
    let flat =
      isConstant
      ? Vector(type: vector.type, count: 1, layout: vector.layout).flattened()
      : vector.flattened()
    guard case .fixed(let rows) = flat.layout else {
      unreachable("a fixed-width argument has fixed-width rows")
    }
    owner = rows.values
    base = rows.base(Value.self)
    mask = isConstant ? 0 : -1
  }

  @inlinable
  public subscript(_ row: Int) -> Value { base[row & mask] }
}

/// Reads string rows.
@frozen
public struct TextReader: RowReader {
  @usableFromInline let rows: TextRows
  @usableFromInline let base: UnsafePointer<UInt64>
  @usableFromInline let heap: UnsafePointer<UInt8>
  @usableFromInline let mask: Int

  @inlinable
  public init(_ vector: Vector) {
    let isConstant = vector.constant != nil
    let flat =
      isConstant
      ? Vector(type: vector.type, count: 1, layout: vector.layout).flattened()
      : vector.flattened()
    guard case .text(let rows) = flat.layout else {
      unreachable("a text argument has text rows")
    }
    self.rows = rows
    base = rows.base
    heap = rows.heapBase
    mask = isConstant ? 0 : -1
  }

  @inlinable
  public subscript(_ row: Int) -> TextView {
    let view = base[row & mask]
    return TextView(base: heap + Int(view & 0xFFFF_FFFF), count: Int(view &>> 32))
  }
}

/// Reads dynamic rows.
@frozen
public struct DynamicReader: RowReader {
  @usableFromInline let texts: TextReader

  @inlinable
  public init(_ vector: Vector) { texts = TextReader(vector) }

  @inlinable
  public subscript(_ row: Int) -> DynamicView {
    let text = texts[row]
    return DynamicView(text.base, count: text.count)
  }
}

extension Bool: KernelValue {
  public typealias Reader = FixedReader<Bool>
  @inlinable public static var kernelType: ScalarType { .bool }
}

extension Int32: KernelValue {
  public typealias Reader = FixedReader<Int32>
  @inlinable public static var kernelType: ScalarType { .int }
}

extension Int64: KernelValue {
  public typealias Reader = FixedReader<Int64>
  @inlinable public static var kernelType: ScalarType { .long }
}

extension Double: KernelValue {
  public typealias Reader = FixedReader<Double>
  @inlinable public static var kernelType: ScalarType { .real }
}

extension DateTime: KernelValue {
  public typealias Reader = FixedReader<DateTime>
  @inlinable public static var kernelType: ScalarType { .datetime }
}

extension TimeSpan: KernelValue {
  public typealias Reader = FixedReader<TimeSpan>
  @inlinable public static var kernelType: ScalarType { .timespan }
}

extension GUID: KernelValue {
  public typealias Reader = FixedReader<GUID>
  @inlinable public static var kernelType: ScalarType { .guid }
}

extension Decimal128: KernelValue {
  public typealias Reader = FixedReader<Decimal128>
  @inlinable public static var kernelType: ScalarType { .decimal }
}

extension TextView: KernelValue {
  public typealias Reader = TextReader
  @inlinable public static var kernelType: ScalarType { .string }
}

extension DynamicView: KernelValue {
  public typealias Reader = DynamicReader
  @inlinable public static var kernelType: ScalarType { .dynamic }
}

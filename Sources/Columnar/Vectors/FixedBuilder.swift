import CSIMD

/// Collects fixed-width values row by row into a vector.
public final class FixedBuilder<Value: FixedWidthValue> {
  @usableFromInline var values: Buffer
  @usableFromInline var nulls: Buffer?
  /// Rows so far.
  public private(set) var count = 0
  @usableFromInline var capacity: Int

  public init(capacity: Int = 1024) {
    self.capacity = max(16, capacity)
    values = Buffer(byteCount: self.capacity * MemoryLayout<Value>.stride)
  }

  /// Adds a value.
  @inlinable
  public func append(_ value: Value) {
    if count == capacity { grow() }
    values.values(Value.self)[count] = value
    advance()
  }

  /// Adds a null.
  public func appendNull() {
    if count == capacity { grow() }
    values.values(Value.self)[count] = Value.filler
    nullFlags()[count] = 1
    advance()
  }

  /// Adds a value or a null.
  @inlinable
  public func append(_ value: Value?) {
    if let value { append(value) } else { appendNull() }
  }

  /// Makes the vector; the builder starts anew.
  public func finish() -> Vector {
    let rows = FixedRows(values: values, nulls: nulls.map { NullRows(flags: $0) })
    let vector = Vector(type: Value.scalarType, count: count, layout: .fixed(rows))
    count = 0
    capacity = 16
    values = Buffer(byteCount: capacity * MemoryLayout<Value>.stride)
    nulls = nil
    return vector
  }

  @usableFromInline
  func advance() { count &+= 1 }

  private func nullFlags() -> UnsafeMutablePointer<UInt8> {
    if let nulls { return nulls.values(UInt8.self) }
    let flags = Buffer(byteCount: capacity)
    memset(flags.base, 0, capacity)
    nulls = flags
    return flags.values(UInt8.self)
  }

  @usableFromInline
  func grow() {
    let larger = capacity * 2
    let stride = MemoryLayout<Value>.stride
    let moved = Buffer(byteCount: larger * stride)
    memcpy(moved.base, values.base, count * stride)
    values = moved
    if let old = nulls {
      let flags = Buffer(byteCount: larger)
      memcpy(flags.base, old.base, count)
      memset(flags.base + count, 0, larger - count)
      nulls = flags
    }
    capacity = larger
  }
}

/// Collects little-endian numbers and bytes.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }

  /// Writes the length in 32 bits, then the bytes.
  mutating func write(text: String) {
    let text = Array(text.utf8)
    write(UInt32(truncatingIfNeeded: text.count))
    bytes.append(contentsOf: text)
  }
}

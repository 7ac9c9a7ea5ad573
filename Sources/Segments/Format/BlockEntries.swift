/// The directory entry of a block of fixed-width values.
struct FixedBlockEntry: Equatable {
  static let byteCount = 40
  static let hasNullsFlag: UInt8 = 1
  static let hasBoundsFlag: UInt8 = 2

  var offset: UInt64 = 0
  var storedBytes: UInt32 = 0
  var mode: UInt8 = 0
  /// Bits of a packed value.
  var width: UInt8 = 0
  var flags: UInt8 = 0
  var checksum: UInt64 = 0
  /// Least and greatest value that is not null; only for types that order as integers.
  var minimum: Int64 = 0
  var maximum: Int64 = 0

  func write(to writer: inout ByteWriter) {
    writer.write(offset)
    writer.write(storedBytes)
    writer.write(mode)
    writer.write(width)
    writer.write(flags)
    writer.write(UInt8(0))
    writer.write(checksum)
    writer.write(minimum)
    writer.write(maximum)
  }

  init() {}

  /// Reads the entry at a pointer to `byteCount` readable bytes.
  init(_ raw: UnsafeRawPointer) {
    offset = raw.loadUnaligned(as: UInt64.self)
    storedBytes = raw.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
    mode = raw.load(fromByteOffset: 12, as: UInt8.self)
    width = raw.load(fromByteOffset: 13, as: UInt8.self)
    flags = raw.load(fromByteOffset: 14, as: UInt8.self)
    checksum = raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
    minimum = raw.loadUnaligned(fromByteOffset: 24, as: Int64.self)
    maximum = raw.loadUnaligned(fromByteOffset: 32, as: Int64.self)
  }

  var hasNulls: Bool { flags & Self.hasNullsFlag != 0 }
  var hasBounds: Bool { flags & Self.hasBoundsFlag != 0 }
}

/// The directory entry of a block of dictionary codes.
struct CodeBlockEntry: Equatable {
  static let byteCount = 32

  var offset: UInt64 = 0
  var storedBytes: UInt32 = 0
  var mode: UInt8 = 0
  var width: UInt8 = 0
  var checksum: UInt64 = 0
  var minimum: UInt32 = 0
  var maximum: UInt32 = 0

  func write(to writer: inout ByteWriter) {
    writer.write(offset)
    writer.write(storedBytes)
    writer.write(mode)
    writer.write(width)
    writer.write(UInt16(0))
    writer.write(checksum)
    writer.write(minimum)
    writer.write(maximum)
  }

  init() {}

  /// Reads the entry at a pointer to `byteCount` readable bytes.
  init(_ raw: UnsafeRawPointer) {
    offset = raw.loadUnaligned(as: UInt64.self)
    storedBytes = raw.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
    mode = raw.load(fromByteOffset: 12, as: UInt8.self)
    width = raw.load(fromByteOffset: 13, as: UInt8.self)
    checksum = raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
    minimum = raw.loadUnaligned(fromByteOffset: 24, as: UInt32.self)
    maximum = raw.loadUnaligned(fromByteOffset: 28, as: UInt32.self)
  }
}

/// The directory entry of a chunk of dictionary values.
struct ChunkEntry: Equatable {
  static let byteCount = 32

  var offset: UInt64 = 0
  var storedBytes: UInt32 = 0
  /// Bytes of the values, without their lengths.
  var textBytes: UInt32 = 0
  var entryCount: UInt32 = 0
  var checksum: UInt64 = 0
  var mode: UInt8 = 0

  func write(to writer: inout ByteWriter) {
    writer.write(offset)
    writer.write(storedBytes)
    writer.write(textBytes)
    writer.write(entryCount)
    writer.write(UInt32(mode))
    writer.write(checksum)
  }

  init() {}

  /// Reads the entry at a pointer to `byteCount` readable bytes.
  init(_ raw: UnsafeRawPointer) {
    offset = raw.loadUnaligned(as: UInt64.self)
    storedBytes = raw.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
    textBytes = raw.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
    entryCount = raw.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
    mode = raw.load(fromByteOffset: 20, as: UInt8.self)
    checksum = raw.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
  }
}

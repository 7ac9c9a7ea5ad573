import CZlib
import Columnar

/// What stands around deflated bytes.
enum DeflateWrapper {
  /// RFC 1952: a header without name and time, then checksum and length.
  case gzip
  /// RFC 1950: two bytes of header, then a checksum.
  case zlib
}

/// Compresses texts one after another with one zlib stream.
///
/// The headers and the rule that short texts are stored are those of the service, so that short
/// texts give the very bytes it gives; longer ones may be packed in another way, and unpack to
/// the same text.
final class Deflater {
  /// Up to this many bytes a text is stored: it would not shrink.
  private static let longestStored = 31
  private static let level: Int32 = 6
  private static let gzipHeader: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
  private static let zlibHeader: [UInt8] = [0x78, 0x9C]

  /// Never moves: zlib keeps its address.
  private let stream: UnsafeMutablePointer<z_stream>
  private var isReady = false

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
  }

  deinit {
    if isReady { deflateEnd(stream) }
    stream.deallocate()
  }

  /// The compressed bytes of a text; nil where memory ran out.
  func pack(_ text: TextView, _ wrapper: DeflateWrapper) -> [UInt8]? {
    let body = text.count <= Self.longestStored ? Self.stored(text) : deflated(text)
    guard let body else { return nil }
    let length = UInt32(truncatingIfNeeded: text.count)
    switch wrapper {
    case .gzip:
      let checksum = UInt32(truncatingIfNeeded: crc32(0, text.base, length))
      return Self.gzipHeader + body + Self.bytes(checksum) + Self.bytes(length)
    case .zlib:
      let checksum = UInt32(truncatingIfNeeded: adler32(1, text.base, length))
      return Self.zlibHeader + body + Self.bytes(checksum.byteSwapped)
    }
  }

  /// One final block that holds the bytes as they are.
  private static func stored(_ text: TextView) -> [UInt8] {
    let length = UInt16(truncatingIfNeeded: text.count)
    return [1] + bytes(length) + bytes(~length) + text.bytes
  }

  private func deflated(_ text: TextView) -> [UInt8]? {
    guard start() else { return nil }
    let length = UInt32(truncatingIfNeeded: text.count)
    let bound = Int(clamping: deflateBound(stream, uLong(length)))
    guard bound <= Int(UInt32.max) else { return nil }
    var status = Z_OK
    let packed = [UInt8](unsafeUninitializedCapacity: bound) { target, count in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: text.base)
      stream.pointee.avail_in = length
      stream.pointee.next_out = target.baseAddress
      stream.pointee.avail_out = UInt32(truncatingIfNeeded: bound)
      status = deflate(stream, Z_FINISH)
      count = bound &- Int(stream.pointee.avail_out)
    }
    return status == Z_STREAM_END ? packed : nil
  }

  /// Readies the stream for the next text: raw deflate, without a wrapper.
  private func start() -> Bool {
    if isReady { return deflateReset(stream) == Z_OK }
    let size = Int32(MemoryLayout<z_stream>.size)
    isReady =
      deflateInit2_(
        stream,
        Self.level,
        Z_DEFLATED,
        -15,
        8,
        Z_DEFAULT_STRATEGY,
        ZLIB_VERSION,
        size
      ) == Z_OK
    return isReady
  }

  /// The bytes of a number, lowest first.
  private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}

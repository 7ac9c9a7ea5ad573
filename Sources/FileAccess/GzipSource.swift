import CZlib

/// Expands gzip data, all members of them, as they are read.
///
/// Zero bytes after the last member are padding; anything else there is an error, as are damaged
/// data and data that stop early: good bytes come first, then the error.
final class GzipSource: ByteSource {
  /// The first two bytes of each gzip member.
  static let magic: (UInt8, UInt8) = (0x1f, 0x8b)

  var path: String { compressed.path }
  private let compressed: any ByteSource
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private var state = State.inMember
  private var pendingFailure: FileFailure?

  private enum State {
    case inMember
    /// A member ended; another may follow.
    case betweenMembers
    case ended
  }

  /// Starts to expand; `start` holds bytes already taken from `compressed`.
  init(_ compressed: any ByteSource, start: [UInt8]) throws(FileFailure) {
    self.compressed = compressed
    input = .allocate(capacity: max(128 * 1024, start.count))
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    _ = input.update(fromContentsOf: start)
    stream.pointee.next_in = input.baseAddress
    stream.pointee.avail_in = UInt32(start.count)
    let gzipWindow: Int32 = 15 + 16
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, gzipWindow, ZLIB_VERSION, size) == Z_OK else {
      throw corrupt("zlib could not start")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    if let pendingFailure { throw pendingFailure }
    let output = buffer.bindMemory(to: UInt8.self)
    let capacity = min(output.count, Int(Int32.max))
    if capacity == 0 { return 0 }
    stream.pointee.next_out = output.baseAddress
    stream.pointee.avail_out = UInt32(capacity)
    do throws(FileFailure) {
      while state != .ended, stream.pointee.avail_out == UInt32(capacity) {
        if state == .inMember { try expand() } else { try startNextMember() }
      }
    } catch {
      pendingFailure = error
      if stream.pointee.avail_out == UInt32(capacity) { throw error }
    }
    return capacity - Int(stream.pointee.avail_out)
  }

  /// Expands until output came, the member ended or the data failed.
  private func expand() throws(FileFailure) {
    if stream.pointee.avail_in == 0, try !refill() {
      throw FileFailure(.truncatedGzip, path: path, operation: .read)
    }
    switch inflate(stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: return
    case Z_STREAM_END: state = .betweenMembers
    default: throw corrupt(zlibMessage)
    }
  }

  /// Goes on to the next member, or ends where only padding is left.
  private func startNextMember() throws(FileFailure) {
    while true {
      if stream.pointee.avail_in == 0, try !refill() {
        state = .ended
        return
      }
      guard let next = stream.pointee.next_in else { return }
      if next.pointee == Self.magic.0 { break }
      if next.pointee != 0 { throw corrupt("bytes that are not gzip follow the data") }
      stream.pointee.next_in = next + 1
      stream.pointee.avail_in -= 1
    }
    guard inflateReset(stream) == Z_OK else { throw corrupt(zlibMessage) }
    state = .inMember
  }

  private func refill() throws(FileFailure) -> Bool {
    let count = try compressed.read(into: UnsafeMutableRawBufferPointer(input))
    stream.pointee.next_in = input.baseAddress
    stream.pointee.avail_in = UInt32(count)
    return count > 0
  }

  private var zlibMessage: String {
    guard let text = stream.pointee.msg else { return "invalid data" }
    return String(cString: text)
  }

  private func corrupt(_ detail: String) -> FileFailure {
    FileFailure(.corruptGzip(detail: detail), path: path, operation: .read)
  }
}

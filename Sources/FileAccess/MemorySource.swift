/// Reads bytes that are already in memory.
public final class MemorySource: ByteSource {
  public let path: String
  private let bytes: [UInt8]
  private var position = 0
  private let longestRead: Int
  private let failure: FileFailure?

  /// Makes a source over `bytes`.
  ///
  /// - Parameters:
  ///   - longestRead: the most bytes that one call hands out (tests of short reads).
  ///   - failure: thrown where the end would be (tests of broken streams).
  public init(
    _ bytes: [UInt8],
    path: String,
    longestRead: Int = .max,
    failure: FileFailure? = nil
  ) {
    self.bytes = bytes
    self.path = path
    self.longestRead = max(1, longestRead)
    self.failure = failure
  }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    let count = min(buffer.count, bytes.count - position, longestRead)
    if count == 0 {
      if let failure, !buffer.isEmpty { throw failure }
      return 0
    }
    buffer.copyBytes(from: bytes[position..<position + count])
    position += count
    return count
  }
}

/// Hands out the bytes of a file or stream from its begin to its end, once.
public protocol ByteSource: AnyObject {
  /// The path as the user wrote it, for messages.
  var path: String { get }

  /// Fills the front of `buffer` and returns how many bytes were written.
  ///
  /// Zero means the end (or an empty buffer). A short read does not mean the end.
  /// A failure that follows good bytes is thrown by the call after them: nothing is lost.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int
}

extension ByteSource {
  /// Reads until `buffer` is full or the source ends, and returns how many bytes were written.
  public func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = try read(into: rest)
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// Reads all bytes that are left; more than `limitBytes` of them is an error.
  public func readAll(limitBytes: Int) throws(FileFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunkBytes = 64 * 1024
    while true {
      let chunk = try readSome(chunkBytes)
      if chunk.isEmpty { return bytes }
      if chunk.count > limitBytes - bytes.count {
        throw FileFailure(.tooLarge(limitBytes: limitBytes), path: path, operation: .read)
      }
      bytes.append(contentsOf: chunk)
      chunkBytes = min(chunkBytes * 2, 8 * 1024 * 1024)
    }
  }

  /// Reads so many bytes, or all that are left where these are fewer.
  public func readSome(_ count: Int) throws(FileFailure) -> [UInt8] {
    var failure: FileFailure?
    let chunk = [UInt8](unsafeUninitializedCapacity: count) { buffer, count in
      do throws(FileFailure) {
        count = try fill(UnsafeMutableRawBufferPointer(buffer))
      } catch {
        count = 0
        failure = error
      }
    }
    if let failure { throw failure }
    return chunk
  }
}

/// A file without a name: its space is free again when this is released or the process ends,
/// however it ends.
public protocol TemporaryFile: AnyObject, Sendable {
  /// Adds bytes at the end and tells where they start.
  func append(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) -> Int64

  /// Fills a buffer with the bytes from a position on, all of which were written.
  func read(at position: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure)
}

/// A place for temporary files.
public protocol TemporaryFiles: Sendable {
  /// The place, as messages name it.
  var path: String { get }

  /// Makes an empty file.
  func makeTemporaryFile() throws(FileFailure) -> any TemporaryFile
}

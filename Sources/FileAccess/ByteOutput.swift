/// Takes bytes for a file, a pipe or a terminal.
public protocol ByteOutput: AnyObject {
  /// Takes bytes; they may wait in a buffer until `flush`.
  func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure)

  /// Hands all waiting bytes on.
  func flush() throws(FileFailure)
}

extension ByteOutput {
  /// Takes the bytes of an array.
  public func write(_ bytes: [UInt8]) throws(FileFailure) {
    try writeBytes { (write: (UnsafeRawBufferPointer) -> Void) in bytes.withUnsafeBytes(write) }
  }

  /// Takes the UTF-8 bytes of a text.
  public func write(_ text: String) throws(FileFailure) {
    var text = text
    try writeBytes { (write: (UnsafeRawBufferPointer) -> Void) in
      text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }
  }

  /// Carries a typed failure out of a closure that cannot throw one.
  private func writeBytes(
    _ body: ((UnsafeRawBufferPointer) -> Void) -> Void
  ) throws(FileFailure) {
    var failure: FileFailure?
    body { bytes in
      do throws(FileFailure) { try write(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

/// Keeps what is written in memory.
public final class MemoryOutput: ByteOutput {
  public private(set) var bytes: [UInt8] = []
  private let limitBytes: Int

  /// Makes an output; a write beyond `limitBytes` fails as a closed pipe does (for tests).
  public init(limitBytes: Int = .max) {
    self.limitBytes = limitBytes
  }

  /// The bytes as text; invalid UTF-8 becomes U+FFFD.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    if bytes.count > limitBytes - self.bytes.count {
      throw FileFailure(.brokenPipe, path: "-", operation: .write)
    }
    self.bytes.append(contentsOf: bytes)
  }

  public func flush() throws(FileFailure) {}
}

import CSIMD

/// The bytes of a segment file, readable as long as this object lives.
public protocol SegmentSource: AnyObject, Sendable {
  /// The file, as messages name it.
  var path: String { get }
  /// All bytes, those of a mapped file mostly.
  var bytes: UnsafeRawBufferPointer { get }
}

/// A segment whose bytes are in memory, for tests and tools.
public final class MemorySegmentSource: SegmentSource, @unchecked Sendable {
  public let path: String
  public let bytes: UnsafeRawBufferPointer
  private let memory: UnsafeMutableRawBufferPointer

  /// Copies the pieces of an encoded segment.
  public init(_ pieces: [[UInt8]], path: String = "memory") {
    self.path = path
    let count = pieces.reduce(0) { $0 + $1.count }
    // Eight bytes of padding, as a page of a mapped file has behind its end.
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count + 8, alignment: 64)
    var offset = 0
    for piece in pieces {
      piece.withUnsafeBytes { source in
        UnsafeMutableRawBufferPointer(rebasing: memory[offset...]).copyMemory(from: source)
      }
      offset += piece.count
    }
    self.memory = memory
    bytes = UnsafeRawBufferPointer(rebasing: memory[..<count])
  }

  deinit { memory.deallocate() }
}

/// Hands out bytes that were read ahead, then the rest of their source.
public final class PrefixedSource: ByteSource {
  public var path: String { rest.path }
  private let prefix: [UInt8]
  private let rest: any ByteSource
  private var position = 0

  public init(_ prefix: [UInt8], then rest: any ByteSource) {
    self.prefix = prefix
    self.rest = rest
  }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    let count = min(buffer.count, prefix.count - position)
    if count == 0 { return try rest.read(into: buffer) }
    buffer.copyBytes(from: prefix[position..<position + count])
    position += count
    return count
  }
}

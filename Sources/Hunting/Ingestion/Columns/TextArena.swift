/// Memory for texts that differ from the bytes of their file; given back all at once.
struct TextArena: ~Copyable {
  private static let chunkBytes = 256 * 1024

  private var chunks: [UnsafeMutableBufferPointer<UInt8>] = []
  /// The chunk in use, and the bytes of it that are taken.
  private var current = 0
  private var used = 0

  deinit {
    for chunk in chunks { chunk.deallocate() }
  }

  /// Gives room for `count` bytes; `take` keeps those that were written.
  mutating func room(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    while true {
      if current == chunks.count {
        chunks.append(.allocate(capacity: max(Self.chunkBytes, count)))
      }
      let chunk = chunks[current]
      if chunk.count - used >= count, let base = chunk.baseAddress { return base + used }
      current += 1
      used = 0
    }
  }

  /// Keeps bytes that were written into the last room.
  mutating func take(_ count: Int) { used += count }

  /// Takes all memory back into use; texts made before are gone.
  mutating func removeAll() {
    while chunks.count > 4, let last = chunks.popLast() { last.deallocate() }
    current = 0
    used = 0
  }
}

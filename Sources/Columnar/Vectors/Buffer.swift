import CSIMD
import Glibc

/// A block of memory that vectors share; immutable once a vector refers to it.
///
/// Aligned to 64 bytes and followed by 64 zeroed bytes, so that kernels may load whole blocks
/// past the last value.
public final class Buffer: @unchecked Sendable {
  /// Readable bytes after the end.
  public static let padding = 64

  /// The first byte.
  public let base: UnsafeMutableRawPointer
  /// The usable size.
  public let byteCount: Int
  /// Bytes mapped from the system, or 0 where the memory is the allocator's.
  private let mappedByteCount: Int
  /// Whether the memory has become that of a larger block.
  private var isMoved = false
  /// Counts the bytes for the query that made them.
  private let meter: MemoryMeter?
  /// Accounts for memory that is not metered.
  private let owner: HeldBytes?

  /// Allocates memory with undefined contents (the padding is zero).
  public init(byteCount: Int) {
    self.byteCount = byteCount
    mappedByteCount = 0
    owner = nil
    meter = MemoryMeter.current
    meter?.add(byteCount + Self.padding)
    base = UnsafeMutableRawPointer.allocate(
      byteCount: byteCount + Self.padding,
      alignment: Self.padding
    )
    adviseHugePages(base, byteCount: byteCount)
    memset(base + byteCount, 0, Self.padding)
  }

  /// Allocates memory and copies bytes into it.
  public convenience init(copying source: UnsafeRawBufferPointer) {
    self.init(byteCount: source.count)
    if let start = source.baseAddress { memcpy(base, start, source.count) }
  }

  /// Gives memory of zeros.
  public init(zeroed byteCount: Int) {
    self.byteCount = byteCount
    (base, mappedByteCount) = Self.zeros(byteCount)
    owner = nil
    meter = MemoryMeter.current
    meter?.add(byteCount + Self.padding)
  }

  /// Gives memory of zeros that takes no room until it is written to, and much of which never is.
  ///
  /// - Parameter owner: told by its user how much was written, and kept as long as the memory;
  ///   nil where the user charges that otherwise.
  public init(sparse byteCount: Int, owner: HeldBytes? = nil) {
    self.byteCount = byteCount
    (base, mappedByteCount) = Self.zeros(byteCount)
    self.owner = owner
    meter = nil
  }

  /// Makes a block larger: gives one with its first bytes and takes its memory.
  ///
  /// Pages of large blocks are moved, not copied, so that the growth of gigabytes takes no time.
  ///
  /// - Parameters:
  ///   - old: a block that nobody else refers to; not to be used afterwards.
  ///   - byteCount: the usable size, not below that of the old block.
  ///   - used: how many of the old bytes are kept.
  public init(growing old: Buffer, to byteCount: Int, keeping used: Int) {
    self.byteCount = byteCount
    owner = nil
    meter = MemoryMeter.current
    meter?.add(byteCount + Self.padding)
    (base, mappedByteCount) =
      Self.movingPages(of: old, to: byteCount + Self.padding) ?? Self.block(byteCount)
    adviseHugePages(base, byteCount: byteCount + Self.padding)
    if !old.isMoved { memcpy(base, old.base, used) }
    memset(base + byteCount, 0, Self.padding)
  }

  /// The memory of a block with more behind it; nil where its pages cannot be moved.
  private static func movingPages(
    of old: Buffer,
    to total: Int
  ) -> (UnsafeMutableRawPointer, mapped: Int)? {
    guard
      old.mappedByteCount > 0, old.owner == nil,
      let moved = csimd_move_pages(old.base, old.mappedByteCount, total)
    else { return nil }
    old.isMoved = true
    old.meter?.subtract(old.byteCount + padding)
    return (moved, total)
  }

  /// Memory whose pages can be moved where it is large.
  private static func block(_ byteCount: Int) -> (UnsafeMutableRawPointer, mapped: Int) {
    if byteCount >= movingThreshold { return zeros(byteCount) }
    let total = byteCount + padding
    return (UnsafeMutableRawPointer.allocate(byteCount: total, alignment: padding), 0)
  }

  /// Smaller blocks are copied when they grow.
  private static let movingThreshold = 1 << 20

  private static func zeros(_ byteCount: Int) -> (UnsafeMutableRawPointer, mapped: Int) {
    let total = byteCount + padding
    let mapped =
      total < mappingThreshold
      ? MAP_FAILED
      : mmap(nil, total, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    if let mapped, mapped != MAP_FAILED { return (mapped, total) }
    let base = UnsafeMutableRawPointer.allocate(byteCount: total, alignment: padding)
    memset(base, 0, total)
    return (base, 0)
  }

  /// Smaller blocks are the allocator's.
  private static let mappingThreshold = 64 * 1024

  deinit {
    if isMoved { return }
    meter?.subtract(byteCount + Self.padding)
    if mappedByteCount > 0 { munmap(base, mappedByteCount) } else { base.deallocate() }
  }

  /// The contents as values of a type, from the first byte on.
  @inlinable
  public func values<Value: BitwiseCopyable>(_: Value.Type) -> UnsafeMutablePointer<Value> {
    base.assumingMemoryBound(to: Value.self)
  }

  /// An empty block, shared.
  public static let empty = Buffer(byteCount: 0)
}

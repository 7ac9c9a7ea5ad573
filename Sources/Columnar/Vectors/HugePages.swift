import CSIMD
import Glibc

/// Asks the system to back memory that will be filled soon with huge pages where it is large:
/// one fault then brings in 2 MiB, and look-ups in it miss the page tables less.
///
/// All pages that the memory touches get the advice: a mapping of which only a part had it would
/// be two to the system, which moves the pages of none that is not one.
public func adviseHugePages(_ start: UnsafeMutableRawPointer, byteCount: Int) {
  guard byteCount >= 4 << 20 else { return }
  let page = 4096
  let before = Int(bitPattern: start) & (page - 1)
  let count = (before + byteCount + page - 1) & ~(page - 1)
  _ = madvise(start - before, count, MADV_HUGEPAGE)
}

extension UnsafeMutablePointer {
  /// Allocates memory for an array that may be large.
  public static func allocateLarge(capacity: Int) -> UnsafeMutablePointer {
    let memory = allocate(capacity: capacity)
    adviseHugePages(
      UnsafeMutableRawPointer(memory),
      byteCount: capacity * MemoryLayout<Pointee>.stride
    )
    return memory
  }
}

extension UnsafeMutablePointer where Pointee: BitwiseCopyable {
  /// Allocates memory that `resizeBlock` can grow; `freeBlock` gives it back.
  public static func allocateBlock(capacity: Int) -> UnsafeMutablePointer {
    let byteCount = max(16, capacity * MemoryLayout<Pointee>.stride)
    guard let memory = malloc(byteCount) else { unreachable("memory can be allocated") }
    adviseHugePages(memory, byteCount: csimd_usable_count(memory))
    return memory.bindMemory(to: Pointee.self, capacity: capacity)
  }

  /// Makes a block larger; a large one is not copied, its pages are moved.
  public func resizeBlock(capacity: Int) -> UnsafeMutablePointer {
    let byteCount = max(16, capacity * MemoryLayout<Pointee>.stride)
    guard let memory = realloc(self, byteCount) else {
      unreachable("memory can be allocated")
    }
    adviseHugePages(memory, byteCount: csimd_usable_count(memory))
    return memory.bindMemory(to: Pointee.self, capacity: capacity)
  }

  /// Gives a block back.
  public func freeBlock() { free(self) }
}

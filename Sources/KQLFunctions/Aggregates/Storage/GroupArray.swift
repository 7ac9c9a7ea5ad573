import CSIMD
import Columnar

/// A growing array in raw memory: one value a group, or a log of appended values.
///
/// Loops over rows take `base` once and index it without checks; `resize` and `append` may move
/// it.
final class GroupArray<Value: BitwiseCopyable> {
  /// The first value.
  private(set) var base: UnsafeMutablePointer<Value>
  /// Values in use.
  private(set) var count = 0
  private var capacity: Int
  private let filler: Value

  /// Makes an empty array; `filler` is what `resize` puts into new places.
  init(filler: Value) {
    self.filler = filler
    capacity = 16
    base = .allocateBlock(capacity: capacity)
  }

  deinit { base.freeBlock() }

  /// Bytes held.
  var byteCount: Int { capacity * MemoryLayout<Value>.stride }

  /// Grows to a number of values; never shrinks.
  func resize(to newCount: Int) {
    guard newCount > count else { return }
    if newCount > capacity { grow(to: newCount) }
    (base + count).initialize(repeating: filler, count: newCount - count)
    count = newCount
  }

  /// Adds a value at the end.
  @inline(__always)
  func append(_ value: Value) {
    if count == capacity { grow(to: count + 1) }
    base[count] = value
    count &+= 1
  }

  /// Makes room for values at the end and returns where they belong; the caller writes them all.
  func extend(by more: Int) -> UnsafeMutablePointer<Value> {
    if count + more > capacity { grow(to: count + more) }
    count += more
    return base + (count - more)
  }

  /// Drops all values and keeps the memory.
  func removeAll() { count = 0 }

  /// The value at a place that the caller has checked.
  @inline(__always)
  subscript(_ index: Int) -> Value {
    get { base[index] }
    set { base[index] = newValue }
  }

  @inline(never)
  private func grow(to needed: Int) {
    let larger = max(capacity * 2, needed)
    base = base.resizeBlock(capacity: larger)
    capacity = larger
  }
}

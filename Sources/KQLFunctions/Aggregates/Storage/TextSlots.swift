import CSIMD
import Columnar

/// One replaceable text a group; bytes are copied in.
///
/// A slot keeps its room when a shorter text replaces a longer one, and grows to a power of two,
/// so that ever better values of one group do not fill the heap.
final class TextSlots {
  private struct Slot: BitwiseCopyable {
    var offset = 0
    var length: Int32 = 0
    var room: Int32 = 0
  }

  private let slots = GroupArray(filler: Slot())
  private let heap = GroupArray<UInt8>(filler: 0)

  /// Bytes held.
  var byteCount: Int { slots.byteCount + heap.byteCount }

  /// Makes room for groups up to a number; new ones hold the empty text.
  func reserve(groups: Int) { slots.resize(to: groups) }

  /// The text of a group; valid until the next change.
  func view(_ group: Int) -> TextView {
    let slot = slots[group]
    return TextView(base: UnsafePointer(heap.base) + slot.offset, count: Int(slot.length))
  }

  /// Replaces the text of a group; `text` must not lie in these slots.
  func store(_ text: TextView, group: Int) {
    var slot = slots[group]
    if text.count > Int(slot.room) {
      let room = max(16, text.count.nextPowerOfTwo)
      slot.offset = heap.count
      slot.room = Int32(clamping: room)
      _ = heap.extend(by: room)
    }
    memcpy(heap.base + slot.offset, text.base, text.count)
    slot.length = Int32(clamping: text.count)
    slots[group] = slot
  }
}

extension Int {
  /// The least power of two that is not below the number; 1 for anything below 1.
  var nextPowerOfTwo: Int {
    self <= 1 ? 1 : 1 &<< (Int.bitWidth &- (self &- 1).leadingZeroBitCount)
  }
}

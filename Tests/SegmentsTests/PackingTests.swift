import CSIMD
import Columnar
import Testing

@testable import Segments

/// Packed integers of every width come back, whatever code unpacks them.
struct PackingTests {
  private static let counts = [1, 7, 8, 9, 63, 64, 1000]

  /// Numbers of at most `width` bits, the least and the greatest among them.
  private func numbers(_ count: Int, width: UInt32) -> [UInt64] {
    let table = RandomTable(seed: UInt64(width))
    let mask: UInt64 = width == 64 ? .max : 1 << UInt64(width) - 1
    return (0..<count).map { index in
      switch index % 5 {
      case 0: mask
      case 1: 0
      default: UInt64(table.number(1 << 30)) &* 0x9E37_79B9_7F4A_7C15 & mask
      }
    }
  }

  @Test("words of all widths", arguments: 0...64 as ClosedRange<UInt32>)
  func words(width: UInt32) {
    for count in Self.counts {
      let base: UInt64 = 0xFFFF_FFFF_FFFF_FF00
      let values = numbers(count, width: width).map { $0 &+ base }
      var packed = [UInt8](repeating: 0xA5, count: csimd_packed_size(count, width) + 8)
      csimd_pack(values, count, base, width, &packed)
      var unpacked = [UInt64](repeating: 1, count: count + 1)
      csimd_unpack64(packed, count, base, width, &unpacked)
      #expect(unpacked.dropLast().elementsEqual(values) && unpacked[count] == 1)
    }
  }

  @Test("codes of all widths", arguments: 0...32 as ClosedRange<UInt32>)
  func codes(width: UInt32) {
    for count in Self.counts {
      let values = numbers(count, width: width)
      var packed = [UInt8](repeating: 0xA5, count: csimd_packed_size(count, width) + 8)
      csimd_pack(values, count, 0, width, &packed)
      var unpacked = [UInt32](repeating: 1, count: count + 1)
      csimd_unpack32(packed, count, 3, width, &unpacked)
      let wanted = values.map { UInt32(truncatingIfNeeded: $0) &+ 3 }
      #expect(unpacked.dropLast().elementsEqual(wanted) && unpacked[count] == 1)
    }
  }
}

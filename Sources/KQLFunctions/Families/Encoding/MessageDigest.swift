import Columnar

/// The padding that MD5 and the first SHA families share: blocks of 64 bytes, the last of which
/// ends in the number of bits.
struct DigestBlocks {
  private let text: TextView
  private let tail: [UInt8]

  init(_ text: TextView, lengthIsBigEndian: Bool) {
    self.text = text
    let whole = text.count & ~63
    var tail = text.suffix(from: whole).bytes
    tail.append(0x80)
    while tail.count & 63 != 56 { tail.append(0) }
    let bits = UInt64(truncatingIfNeeded: text.count) &<< 3
    for index in 0..<8 {
      let shift = UInt64(truncatingIfNeeded: (lengthIsBigEndian ? 7 &- index : index) &* 8)
      tail.append(UInt8(truncatingIfNeeded: bits &>> shift))
    }
    self.tail = tail
  }

  /// Calls `body` with each block.
  func forEach(_ body: (UnsafePointer<UInt8>) -> Void) {
    var offset = 0
    while offset &+ 64 <= text.count {
      body(text.base + offset)
      offset &+= 64
    }
    tail.withTextView { rest in
      var offset = 0
      while offset < rest.count {
        body(rest.base + offset)
        offset &+= 64
      }
    }
  }
}

extension UInt32 {
  @inline(__always)
  func rotatedLeft(_ bits: UInt32) -> UInt32 { self &<< bits | self &>> (32 &- bits) }

  @inline(__always)
  func rotatedRight(_ bits: UInt32) -> UInt32 { self &>> bits | self &<< (32 &- bits) }

  /// The four bytes at a place, highest first.
  @inline(__always)
  init(bigEndianAt place: UnsafePointer<UInt8>) {
    self = UInt32(bigEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt32.self))
  }

  /// The four bytes at a place, lowest first.
  @inline(__always)
  init(littleEndianAt place: UnsafePointer<UInt8>) {
    self = UInt32(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt32.self))
  }
}

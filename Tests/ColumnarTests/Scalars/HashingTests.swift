import Columnar
import Testing

@Suite struct HashingTests {
  /// Values published with the reference implementation.
  @Test func referenceValuesOfXXHash() {
    #expect(withBytes("") { XXHash64.hash($0) } == 0xEF46_DB37_51D8_E999)
    #expect(withBytes("a") { XXHash64.hash($0) } == 0xD24E_C4F1_A98C_6E5B)
    #expect(withBytes("abc") { XXHash64.hash($0) } == 0x44BC_2CF5_AD77_0999)
    let long = "Call me Ishmael. Some years ago--never mind how long precisely-"
    #expect(withBytes(long) { XXHash64.hash($0) } == 0x02A2_E854_70D6_FD96)
  }

  @Test func wholeNumbersHashAsEightBytes() {
    let bytes: [UInt8] = [0x39, 0x30, 0, 0, 0, 0, 0, 0]
    #expect(bytes.withUnsafeBufferPointer { XXHash64.hash($0) } == XXHash64.hash(12345))
  }

  @Test func equalBytesHashEquallyAtAnyAddress() {
    var numbers = SeededNumbers()
    for length in 0..<80 {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: numbers.next()) }
      let shifted = [0] + bytes
      let hash = bytes.withUnsafeBufferPointer { hashBytes($0) }
      let other = shifted.withUnsafeBufferPointer {
        hashBytes(UnsafeBufferPointer(rebasing: $0[1...]))
      }
      #expect(hash == other, "length \(length), seed \(numbers.seed)")
    }
  }

  @Test func everyByteCounts() {
    for length in 1..<70 {
      var bytes = [UInt8](repeating: 7, count: length)
      let hash = bytes.withUnsafeBufferPointer { hashBytes($0) }
      for index in 0..<length {
        bytes[index] = 8
        #expect(bytes.withUnsafeBufferPointer { hashBytes($0) } != hash, "\(index) of \(length)")
        bytes[index] = 7
      }
    }
  }

  @Test func theSeedCounts() {
    for text in ["", "a", "host-17", "a text of more than sixteen bytes"] {
      #expect(withBytes(text) { hashBytes($0) } != withBytes(text) { hashBytes($0, seed: 1) })
    }
  }

  @Test func hashesFillAllBits() {
    var ones: UInt64 = 0
    var zeros: UInt64 = 0
    for word in 0..<64 as Range<UInt64> {
      ones |= hashWord(word)
      zeros |= ~hashWord(word)
    }
    #expect(ones == .max && zeros == .max)
  }

  @Test func comparisonIsThatOfBytes() {
    let ascending = ["", "A", "AA", "B", "a", "a b", "ab", "é", "abcdefghijklmnopq"].sorted {
      Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8))
    }
    for (index, left) in ascending.enumerated() {
      for (other, right) in ascending.enumerated() {
        let order = withBytes(left) { bytes in withBytes(right) { compareBytes(bytes, $0) } }
        let same = withBytes(left) { bytes in withBytes(right) { equalBytes(bytes, $0) } }
        #expect(order.signum() == (index - other).signum())
        #expect(same == (index == other))
      }
    }
  }

  @Test func sinkGrowsAndKeepsItsBytes() {
    var sink = ByteSink(capacity: 16)
    var expected: [UInt8] = []
    for index in 0..<1000 {
      let byte = UInt8(truncatingIfNeeded: index)
      sink.append(byte)
      sink.append([byte, 1])
      expected += [byte, byte, 1]
    }
    #expect(sink.array() == expected)
    sink.truncate(to: 5)
    sink.truncate(to: 50)
    #expect(sink.array() == Array(expected[..<5]))
  }
}

import Columnar
import Testing

/// Memory that grows keeps what it holds, whether it is copied or its pages are moved.
@Suite("Growth of buffers") struct BufferGrowthTests {
  @Test("A block keeps its first bytes from size to size")
  func blocks() {
    let account = MemoryAccount()
    account.metering {
      var buffer = Buffer(byteCount: 1000)
      var filled = 0
      for size in [5000, 70_000, 900_000, 1 << 20, 5_000_001, 9 << 20] {
        while filled < buffer.byteCount {
          buffer.values(UInt8.self)[filled] = Self.byte(filled)
          filled += 1
        }
        buffer = Buffer(growing: buffer, to: size, keeping: filled)
        #expect(buffer.byteCount == size)
        #expect((0..<filled).allSatisfy { buffer.values(UInt8.self)[$0] == Self.byte($0) })
        let padding = (0..<Buffer.padding).map { buffer.values(UInt8.self)[size + $0] }
        #expect(padding.allSatisfy { $0 == 0 })
        #expect(account.byteCount == size + Buffer.padding)
      }
    }
    #expect(account.byteCount == 0)
  }

  @Test("A column of texts and a sink of bytes grow to some MiB")
  func texts() {
    let builder = TextBuilder(capacity: 1)
    var sink = ByteSink()
    let lengths = (0..<3000).map { $0 % 7 == 0 ? 20_000 : $0 % 50 }
    for (row, length) in lengths.enumerated() {
      let text = (0..<length).map { Self.byte($0 + row) }
      builder.append(text)
      sink.append(text)
    }
    let vector = builder.finish()
    #expect(sink.count == lengths.reduce(0, +))
    guard case .text(let rows) = vector.layout else {
      Issue.record("a builder makes text rows")
      return
    }
    var place = 0
    for (row, length) in lengths.enumerated() {
      let expected = (0..<length).map { Self.byte($0 + row) }
      #expect(Array(rows[row].buffer) == expected)
      #expect(Array(sink.bytes[place..<place + length]) == expected)
      place += length
    }
  }

  @Test("A long copy ends with the query")
  func copies() throws {
    struct Ended: Error {}
    let count = 3 * MemoryAccount.bytesBetweenChecks + 5
    let source = Buffer(byteCount: count)
    for place in 0..<count { source.values(UInt8.self)[place] = Self.byte(place) }
    let target = Buffer(zeroed: count)
    try MemoryAccount.copy(source.base, to: target.base, count: count)
    #expect((0..<count).allSatisfy { target.values(UInt8.self)[$0] == Self.byte($0) })
    let ended = MemoryAccount { throw Ended() }
    #expect(throws: Ended.self) {
      try ended.metering { try MemoryAccount.copy(source.base, to: target.base, count: count) }
    }
  }

  private static func byte(_ place: Int) -> UInt8 { UInt8(truncatingIfNeeded: place &* 31 &+ 7) }
}

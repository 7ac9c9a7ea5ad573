import Columnar
import Synchronization
import Testing

struct ByteInternerTests {
  @Test("texts keep their numbers where the query is ended while a large table grows")
  func growthAfterTheEnd() throws {
    let isEnded = Atomic<Bool>(false)
    let account = MemoryAccount { if isEnded.load(ordering: .relaxed) { throw Ended() } }
    let interner = ByteInterner()
    let count: UInt64 = 2_300_000
    var misnumbered = 0
    account.metering {
      for number in 0..<count {
        // Tables of half a million texts and more grow in pieces; one more growth is to come.
        if number == 1_500_000 { isEnded.store(true, ordering: .relaxed) }
        if Self.intern(number, interner) != UInt32(number) { misnumbered += 1 }
      }
    }
    #expect(throws: Ended.self) { try account.metering { try MemoryAccount.checkEnd() } }
    for number in stride(from: 0, to: count, by: 977) {
      if Self.intern(number, interner) != UInt32(number) { misnumbered += 1 }
    }
    #expect(misnumbered == 0)
    #expect(interner.count == Int(count))
  }

  private struct Ended: Error {}

  private static func intern(_ number: UInt64, _ interner: ByteInterner) -> UInt32 {
    withUnsafeBytes(of: number) { bytes in
      bytes.withMemoryRebound(to: UInt8.self) { text in
        guard let base = text.baseAddress else { return .max }
        return interner.intern(TextView(base: base, count: text.count))
      }
    }
  }
}

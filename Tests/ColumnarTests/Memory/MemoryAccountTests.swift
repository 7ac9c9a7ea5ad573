import Columnar
import Testing

struct MemoryAccountTests {
  @Test("buffers count for the account of their thread until they are freed")
  func counted() {
    let account = MemoryAccount()
    var kept: Buffer? = account.metering { Buffer(byteCount: 10_000) }
    #expect(account.byteCount >= 10_000 && account.byteCount < 10_200)
    let unmetered = Buffer(byteCount: 10_000)
    #expect(account.byteCount < 10_200)
    let part = kept.map { Vector(type: .long, count: 4, layout: .fixed(FixedRows(values: $0))) }
    kept = nil
    #expect(account.byteCount >= 10_000, "a vector holds the buffer")
    withExtendedLifetime((part, unmetered)) {}
  }

  @Test("accounts nest, and the outer one is back afterwards")
  func nesting() {
    let outer = MemoryAccount()
    let inner = MemoryAccount()
    outer.metering {
      let first = inner.metering(thread: 9) { Buffer(zeroed: 100_000) }
      let second = Buffer(byteCount: 500)
      #expect(inner.byteCount >= 100_000 && outer.byteCount >= 500 && outer.byteCount < 1000)
      #expect(MemoryAccount.current === outer)
      withExtendedLifetime((first, second)) {}
    }
    #expect(inner.byteCount == 0 && outer.byteCount == 0)
    #expect(MemoryAccount.current == nil)
  }

  @Test("sparse memory counts as its owner says, as long as it lives")
  func sparse() {
    let meter = MemoryMeter()
    let account = MemoryAccount()
    var held: HeldBytes? = HeldBytes(in: meter)
    var buffer: Buffer? = account.metering { Buffer(sparse: 1 << 30, owner: held) }
    held?.add(4096)
    held = nil
    #expect(meter.byteCount == 4096 && account.byteCount == 0)
    withExtendedLifetime(buffer) {}
    buffer = nil
    #expect(meter.byteCount == 0)
  }
}

struct DictionaryJoiningTests {
  @Test("vectors of several dictionaries are joined value by value")
  func joined() {
    let parts = [["a", "b", "a", ""], ["b", "c"], ["a"]].map { texts -> Vector in
      let builder = TextBuilder(type: .string)
      for text in ["unused", "c", "b", "a", ""] { builder.append(Array(text.utf8)) }
      let dictionary = VectorDictionary(values: builder.finish(), isDistinct: true)
      let codes = Buffer(byteCount: texts.count * 4)
      for (row, text) in texts.enumerated() {
        codes.values(UInt32.self)[row] = ["c": 1, "b": 2, "a": 3][text] ?? 4
      }
      let rows = DictionaryRows(codes: codes, dictionary: dictionary)
      return Vector(type: .string, count: texts.count, layout: .dictionary(rows))
    }
    let joined = Vector.concatenating(parts, type: .string)
    #expect(joined.dictionaryRows?.dictionary.values.count == 3 + 2 + 1)
    let values = (0..<joined.count).map { joined.scalar(at: $0) }
    #expect(values == ["a", "b", "a", "", "b", "c", "a"].map { .string(ByteString($0)) })
  }
}

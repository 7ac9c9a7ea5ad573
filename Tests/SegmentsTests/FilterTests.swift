import Glibc
import Columnar
import FileAccess
import PatternMatching
import Testing

@testable import Segments

/// Filters may pass what is not there, but never hold back what is.
struct FilterTests {
  private static let modes: [(mode: TextMatchMode, starts: Bool, ends: Bool)] = [
    (.hasTerm, true, true), (.hasPrefix, true, false), (.hasSuffix, false, true),
    (.contains, false, false), (.startsWith, true, false), (.endsWith, false, true),
    (.equals, true, true),
  ]

  @Test("a value that matches has every key that its needle requires", arguments: 0..<16)
  func noFalseNegatives(seed: Int) {
    let table = RandomTable(seed: UInt64(seed))
    var matches = 0
    for _ in 0..<4000 {
      let text = Array(mangled(table.line(), table).utf8) + hostile(table)
      let needle = cut(text, table)
      for (mode, starts, ends) in Self.modes {
        let test = Needle(needle, mode: mode, ignoresCase: table.number(2) == 0)
        guard text.withUnsafeBufferPointer({ test.matches($0) }) else { continue }
        matches += 1
        let required = needle.withTextView {
          TermKeys.keys(requiredBy: $0, startsTerm: starts, endsTerm: ends)
        }
        let present = keys(text)
        #expect(
          required.allSatisfy(present.contains),
          "\(mode) '\(String(decoding: needle, as: UTF8.self))', seed \(seed)"
        )
        if mode == .equals {
          #expect(present.contains(needle.withTextView { TermKeys.key(ofValue: $0) }))
        }
      }
    }
    #expect(matches > 1000)
  }

  @Test("text within a dynamic value has its terms among the keys of the value", arguments: 0..<8)
  func dynamicKeys(seed: Int) {
    let table = RandomTable(seed: UInt64(seed) &+ 90)
    let terms = DynamicTerms()
    var matches = 0
    for _ in 0..<1500 {
      let leaf = Array(mangled(table.line(), table).utf8) + hostile(table) + escaped(table)
      var writer = DynamicWriter()
      writer.beginArray()
      writer.append(long: Int64(table.number(500)))
      writer.append(string: leaf)
      writer.endArray()
      var present: Set<UInt64> = []
      writer.value().bytes.withTextView { terms.forEachKey(of: $0) { present.insert($0) } }
      var printed = ByteSink(capacity: 64)
      writer.view().writeText(into: &printed)
      for text in [leaf, Array(printed.bytes)] {
        let needle = cut(text, table)
        for (mode, starts, ends) in Self.modes {
          let test = Needle(needle, mode: mode, ignoresCase: table.number(2) == 0)
          guard text.withUnsafeBufferPointer({ test.matches($0) }) else { continue }
          matches += 1
          let required = needle.withTextView {
            TermKeys.keys(requiredBy: $0, startsTerm: starts, endsTerm: ends)
          }
          #expect(
            required.allSatisfy(present.contains),
            "\(mode) '\(String(decoding: needle, as: UTF8.self))', seed \(seed)"
          )
        }
      }
    }
    #expect(matches > 1000)
  }

  /// Sometimes bytes that JSON escapes.
  private func escaped(_ table: RandomTable) -> [UInt8] {
    switch table.number(4) {
    case 0: Array("\nnew\tline".utf8)
    case 1: Array("C:\\temp\\x \"said\"".utf8)
    case 2: [0x1F] + Array("control".utf8)
    default: []
    }
  }

  @Test("filters know all of their keys and few others")
  func blockFilter() {
    let random = SeededRandomness(seed: 5)
    for chunkCount in [1, 2, 63, 64, 65, 130] {
      let keys = (0..<chunkCount).map { _ in (0..<500).map { _ in random.nextUInt64() } }
      let (slices, bytes) = FilterSlices.make(keys)
      let readable = bytes + [UInt8](repeating: 0xFF, count: 16)
      readable.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        for (chunk, own) in keys.enumerated() {
          for key in own.prefix(50) { #expect(chunks(of: key, slices, base).contains(chunk)) }
        }
        let passed = (0..<1000).reduce(0) { total, _ in
          total + chunks(of: random.nextUInt64(), slices, base).count
        }
        #expect(passed < 10 * chunkCount + 10)
      }
    }
  }

  private func chunks(
    of key: UInt64,
    _ slices: FilterSlices,
    _ base: UnsafeRawPointer
  ) -> Set<Int> {
    var set = slices.everyChunk
    slices.retain(key, in: &set, base)
    return Set((0..<slices.chunkCount).filter { set[$0 / 64] &>> UInt64($0 % 64) & 1 == 1 })
  }

  @Test("the filters of a segment find each value's chunk and skip most of the others")
  func segmentFilters() throws {
    let table = RandomTable(seed: 11)
    let lines = TextBuilder()
    for row in 0..<60_000 { lines.append(Array("\(table.line()) needle\(row)".utf8)) }
    let writer = SegmentWriter(schema: Schema([ColumnSchema("Line", .string)]))
    writer.append(Batch(columns: [lines.finish()], count: 60_000))
    let pieces = writer.finish(id: SegmentID(high: 3, low: 4)).pieces
    let segment = try Segment(inMemory: pieces)
    guard case .text(let column) = try segment.column(0) else { return }
    var passed = 0
    for row in stride(from: 0, to: 60_000, by: 1777) {
      let keys = Array("Needle\(row)".utf8).withTextView {
        TermKeys.keys(requiredBy: $0, startsTerm: true, endsTerm: true)
      }
      try column.ensureCodes(row..<row + 1)
      guard case .dictionary(let rows) = column.vector.layout else { return }
      let own = column.chunk(of: Int(rows.base[row]))
      let holding = try column.chunks(holding: [keys])
      #expect(holding.contains(own))
      passed += holding.count - 1
    }
    #expect(passed < 34 * column.chunkCount / 20)
  }

  @Test("no page behind a text is read", arguments: [1, 40, 63, 64, 65, 130])
  func lastBytes(count: Int) throws {
    let page = 4_096
    let anonymous = MAP_PRIVATE | MAP_ANONYMOUS
    let mapped = try #require(mmap(nil, 2 * page, PROT_READ | PROT_WRITE, anonymous, -1, 0))
    try #require(mapped != MAP_FAILED)
    defer { munmap(mapped, 2 * page) }
    #expect(mprotect(mapped + page, page, PROT_NONE) == 0)
    let text = (0..<count).map { index -> UInt8 in
      index % 7 == 6 ? 0x20 : 0x61 + UInt8(index % 26)
    }
    let start = (mapped + page - count).assumingMemoryBound(to: UInt8.self)
    for (index, byte) in text.enumerated() { start[index] = byte }
    var found: Set = [TermKeys.key(ofValue: TextView(base: start, count: count))]
    TermKeys.forEach(in: TextView(base: start, count: count)) { found.insert($0) }
    #expect(found == keys(text))
  }

  private func keys(_ text: [UInt8]) -> Set<UInt64> {
    (text + [UInt8](repeating: 0x61, count: 64)).withTextView { padded in
      TermKeys.keys(of: padded.part(0, text.count))
    }
  }

  /// The text with letters in other cases, the Kelvin sign and combining marks among them.
  private func mangled(_ text: String, _ table: RandomTable) -> String {
    String(
      text.map { character in
        switch table.number(6) {
        case 0: Character(character.uppercased().prefix(1).description)
        case 1: Character(character.lowercased().prefix(1).description)
        case 2 where character == "k": "\u{212A}"
        case 3 where character == "ι" || character == "Ι": "\u{345}"
        default: character
        }
      }
    )
  }

  /// Sometimes bytes that are no UTF-8, or a character that comes with a mark.
  private func hostile(_ table: RandomTable) -> [UInt8] {
    switch table.number(5) {
    case 0: [0xC3] + Array("abc".utf8)
    case 1: [0xA9] + Array("abc".utf8) + [0xE2, 0x84]
    case 2: Array("abcd\u{345}efg".utf8)
    default: []
    }
  }

  /// A run of the bytes, its letters sometimes in another case.
  private func cut(_ text: [UInt8], _ table: RandomTable) -> [UInt8] {
    let start = table.number(text.count)
    let end = table.number(4) == 0 ? text.count : start + table.number(text.count - start + 1)
    let part = Array(text[(table.number(4) == 0 ? 0 : start)..<end])
    guard table.number(2) == 0 else { return part }
    return Array(String(decoding: part, as: UTF8.self).uppercased().utf8)
  }
}

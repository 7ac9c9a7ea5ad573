import PatternMatching
import Testing

struct UTF8TextTests {
  @Test func countsCharacters() {
    #expect(withBytes("aé😀e\u{301}", UTF8Text.scalarCount) == 5)
    #expect(withBytes("aé😀", UTF8Text.utf16Count) == 4)
    #expect(withBytes("", UTF8Text.scalarCount) == 0)
  }

  @Test func findsOffsets() {
    withBytes("aé😀b") { text in
      #expect((0...5).map { UTF8Text.byteOffset(ofScalar: $0, in: text) } == [0, 1, 3, 7, 8, 8])
      #expect(UTF8Text.scalarIndex(atByte: 7, in: text) == 3)
      #expect(UTF8Text.slice(text, start: 1, length: 2) == 1..<7)
      #expect(UTF8Text.slice(text, start: 2, length: Int.max) == 3..<8)
      #expect(UTF8Text.slice(text, start: 9, length: 2) == 8..<8)
      #expect(UTF8Text.slice(text, start: 1, length: -1) == 1..<1)
    }
    #expect(withBytes("abc") { UTF8Text.slice($0, start: 1, length: Int.max) } == 1..<3)
  }

  @Test func checksValidity() {
    let broken: [[UInt8]] = [
      [0x80], [0xC0, 0x80], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xE0, 0x80, 0x80],
      [0xF8, 0x80, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xF0, 0x8F, 0xBF, 0xBF],
    ]
    for bytes in broken {
      let padded = [UInt8](repeating: 0x61, count: 20) + bytes
      #expect(padded.withUnsafeBufferPointer(UTF8Text.isValid) == false, "\(bytes)")
      var repaired: [UInt8] = []
      bytes.withUnsafeBufferPointer { UTF8Text.appendRepaired($0, to: &repaired) }
      #expect(repaired.withUnsafeBufferPointer(UTF8Text.isValid))
    }
    #expect(withBytes("aé€😀\u{10FFFF}\u{D7FF}\u{E000}", UTF8Text.isValid))
  }

  @Test func readsRandomBytesAlikeBothWays() {
    let seed = UInt64.random(in: 1...1_000_000)
    var random = SeededGenerator(seed: seed)
    let interesting: [UInt8] = [
      0x61, 0x80, 0xBF, 0xC3, 0xE2, 0x82, 0xAC, 0xED, 0xA0, 0xF0, 0x9F, 0xF4,
    ]
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0..<24, using: &random)).map { _ in
        interesting[Int.random(in: 0..<interesting.count, using: &random)]
      }
      bytes.withUnsafeBufferPointer { text in
        var forwards: [UInt32] = []
        var offset = 0
        while offset < text.count {
          let scalar = UTF8Scalar(at: offset, in: text)
          forwards.append(scalar.value)
          offset += scalar.width
        }
        var backwards: [UInt32] = []
        while offset > 0 {
          let scalar = UTF8Scalar(before: offset, in: text)
          backwards.append(scalar.value)
          offset -= scalar.width
        }
        let isValid = String(validating: bytes, as: UTF8.self) != nil
        if forwards != backwards.reversed() || isValid != UTF8Text.isValid(text)
          || isValid != forwards.allSatisfy({ $0 < UTF8Scalar.invalidBase })
          || UTF8Text.isASCII(text) != bytes.allSatisfy({ $0 < 0x80 })
        {
          Issue.record("seed \(seed): \(bytes)")
        }
      }
    }
  }

  @Test func convertsCase() {
    func lower(_ text: String) -> String {
      var output: [UInt8] = []
      withBytes(text) { CaseConversion.appendLowercased($0, to: &output) }
      return String(decoding: output, as: UTF8.self)
    }
    func upper(_ text: String) -> String {
      var output: [UInt8] = []
      withBytes(text) { CaseConversion.appendUppercased($0, to: &output) }
      return String(decoding: output, as: UTF8.self)
    }
    #expect(lower("ABC[]Z") == "abc[]z")
    #expect(upper("abc{}zß") == "ABC{}Zß")
    #expect(lower("CAFÉ ЖΣ\u{130}") == "café жσ\u{130}")
    #expect(upper("café жς\u{131}\u{17F}ⱥ\u{1F80}") == "CAFÉ ЖΣ\u{131}\u{17F}Ⱥ\u{1F88}")
    #expect(upper("") == "")
  }

  @Test func mapsCaseAsTheStandardLibraryDoes() {
    var wrong: [UInt32] = []
    for value in UInt32(0)...0x10_FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if CaseMapping.fold(value) != NaiveSearch.fold(scalar)
        || TermCharacter.contains(value) != NaiveSearch.isTerm(scalar)
      {
        wrong.append(value)
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test func reversesAndTrims() {
    var output: [UInt8] = []
    withBytes("aé😀b") { UTF8Text.appendReversed($0, to: &output) }
    #expect(String(decoding: output, as: UTF8.self) == "b😀éa")
    #expect(withBytes(" \t\u{A0}a b\u{3000}\n", UTF8Text.trimmingWhitespace) == 4..<7)
    #expect(withBytes("  ", UTF8Text.trimmingWhitespace).isEmpty)
  }

  @Test func cutsTerms() {
    var terms: [String] = []
    withBytes("a_b co-op é1–x") { text in
      TermCharacter.forEachTerm(in: text) { range in
        terms.append(String(decoding: text[range], as: UTF8.self))
        return true
      }
    }
    #expect(terms == ["a", "b", "co", "op", "é1", "x"])
  }
}

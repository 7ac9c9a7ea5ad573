import Testing

@testable import LineEditor

/// Bytes of a terminal become keys.
struct KeyDecoderTests {
  private static let sequences: [(String, KeyEvent)] = [
    ("\u{1B}[A", .press(.up, [])), ("\u{1B}OB", .press(.down, [])),
    ("\u{1B}[1;5C", .press(.right, .control)), ("\u{1B}[1;3D", .press(.left, .alt)),
    ("\u{1B}[H", .press(.home, [])), ("\u{1B}[4~", .press(.end, [])),
    ("\u{1B}[3~", .press(.delete, [])), ("\u{1B}[3;5~", .press(.delete, .control)),
    ("\u{1B}[Z", .press(.tab, .shift)), ("\u{1B}b", .press(.character(0x62), .alt)),
    ("\u{1B}\r", .press(.enter, .alt)), ("\u{1B}\n", .press(.enter, .alt)),
    ("\u{1B}\u{7F}", .press(.backspace, .alt)), ("\u{1F}", .press(.character(0x5F), .control)),
    ("\u{12}", .press(.character(0x72), .control)), ("\u{1B}[13;3u", .press(.enter, .alt)),
    ("\u{1B}[27;2;13~", .press(.enter, .shift)),
    ("\u{1B}[99;5u", .press(.character(0x63), .control)),
    ("\u{1B}[5~", .press(.pageUp, [])), ("é", .text(Array("é".utf8))),
    ("漢", .text(Array("漢".utf8))),
    ("\u{1B}[200~a\r\nb\rc\u{1B}[201~", .paste(Array("a\nb\nc".utf8))),
    ("\u{1B}[200~\u{1B}[20\u{1B}[201~", .paste(Array("\u{1B}[20".utf8))),
  ]

  @Test("sequences give one key however they are split") func splits() {
    for (text, event) in Self.sequences {
      let bytes = Array(text.utf8)
      for cut in 0...bytes.count {
        var decoder = KeyDecoder()
        let events = decoder.feed(Array(bytes[..<cut])) + decoder.feed(Array(bytes[cut...]))
        #expect(events == [event], "\(bytes) cut at \(cut)")
        #expect(!decoder.isWaiting)
      }
    }
  }

  @Test(
    "unknown sequences are dropped whole",
    arguments: [
      "\u{1B}[?1;2c", "\u{1B}[99~", "\u{1B}[<35;1;2M", "\u{1B}]11;rgb:00/00/00\u{07}",
      "\u{1B}]0;title\u{1B}\\", "\u{1B}P1+r\u{1B}\\", "\u{1B}_G\u{1B}\\", "\u{1B}[[A", "\u{1B}OP",
      "\u{1B}[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20m", "\u{1B}[ q",
      "\u{1B}[99999999999999999999u", "\u{1B}[55296u", "\u{1B}[:::::u",
    ]
  )
  func unknown(sequence: String) {
    #expect(Samples.keys(sequence + "x").last == .text([0x78]))
    #expect(Samples.keys(sequence).allSatisfy { $0 == KeySequence.controlCharacter(0) })
  }

  @Test("a lone Esc is a key once nothing follows") func loneEscape() {
    var decoder = KeyDecoder()
    #expect(decoder.feed([0x1B]).isEmpty)
    #expect(decoder.isWaiting)
    #expect(decoder.settle() == [.press(.escape, [])])
    #expect(!decoder.isWaiting)
    #expect(decoder.feed([0x5B, 0x41]) == [.text([0x5B, 0x41])])
  }

  @Test("a control character ends an unfinished sequence") func interruption() {
    for start in ["\u{1B}[", "\u{1B}[1;", "\u{1B}O", "\u{1B}]0;"] {
      #expect(Samples.keys(start + "\u{3}") == [.press(.character(0x63), .control)])
    }
  }

  @Test("invalid bytes and unfinished characters are text as they came") func invalid() {
    var decoder = KeyDecoder()
    #expect(decoder.feed([0x61, 0xE6]) == [.text([0x61])])
    #expect(decoder.feed([0xBC, 0xA2]) == [.text([0xE6, 0xBC, 0xA2])])
    #expect(decoder.feed([0xE6]).isEmpty)
    #expect(decoder.settle() == [.text([0xE6])])
    #expect(decoder.feed([0xFF, 0x80]) == [.text([0xFF, 0x80])])
  }

  @Test("Ctrl-C leaves a paste only once it has stalled") func stalledPaste() {
    var decoder = KeyDecoder()
    #expect(decoder.feed(Array("\u{1B}[200~a\u{3}b".utf8)).isEmpty)
    #expect(decoder.isWaiting)
    #expect(decoder.settle().isEmpty)
    #expect(!decoder.isWaiting)
    #expect(decoder.feed([0x62, 0x03]).isEmpty)
    #expect(decoder.settle().isEmpty)
    #expect(decoder.feed([0x03, 0x61]) == [.press(.character(0x63), .control), .text([0x61])])
  }

  @Test("the end of the input ends a paste") func endWithinPaste() {
    var decoder = KeyDecoder()
    #expect(decoder.feed(Array("\u{1B}[200~ab".utf8)).isEmpty)
    #expect(decoder.finish() == [.paste([0x61, 0x62])])
  }
}

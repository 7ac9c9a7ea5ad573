@testable import LineEditor

/// Texts and keys that the tests share.
enum Samples {
  /// Texts that would harm a terminal or its reader if they were shown raw.
  static let hostile: [UInt8] =
    Array("a\u{1B}]0;x\u{07}\u{202E}b\u{2066}\u{200F}\u{61C}\u{85}\u{9B}31mc\u{0}\r\u{7F}".utf8)
    + [0x80, 0x9B, 0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80]

  /// Pieces that random texts are made of.
  static let pieces: [[UInt8]] =
    [
      "a", "b c", "\n", "\t", "漢字", "é", "e\u{301}", "\u{301}", "👩‍🚀", "🇩🇪", "\u{202E}", "\u{1B}[2J",
      "| where x == \"y\"", ";", "\n\n", "\u{0}", "\r\n", "ｗｉｄｅ", "\u{FE0F}", "각",
      String(repeating: "\u{301}", count: 7),
    ].map { Array($0.utf8) } + [[0x80], [0xFF], [0xC3], [0xE6, 0xBC], [0xF0, 0x9F]]

  /// Options with prompts of two and four cells, whose entries end as those of a query shell.
  static func options() -> EditorOptions {
    var options = EditorOptions(prompt: "> ", continuationPrompt: "  . ")
    options.isComplete = { $0.endsInTypedBlankLine || $0.text.last == UInt8(ascii: ";") }
    return options
  }

  /// Typed text and the keys in it, such as `"ab\r"`.
  static func keys(_ text: String) -> [KeyEvent] {
    var decoder = KeyDecoder()
    return decoder.feed(Array(text.utf8)) + decoder.settle()
  }
}

extension [UInt8] {
  /// The bytes as text, for readable failures.
  var shown: String { String(decoding: self, as: UTF8.self) }
}

/// Random numbers that a seed repeats.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

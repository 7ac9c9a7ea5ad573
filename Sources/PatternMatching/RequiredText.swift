/// Texts of which a value must hold one for a pattern to match it; they are looked for first.
struct RequiredText: Sendable {
  private let needles: [Needle]
  /// Texts that the value must hold all of, besides.
  private let others: [Needle]
  /// True where the pattern matches just where one of the texts lies.
  let isEnough: Bool
  /// True where a value beyond ASCII may match without them: the Kelvin sign and the long s
  /// equal ASCII letters in patterns, but not in needles.
  private let decidesASCIIOnly: Bool

  /// Fails where there is nothing to look for, or only what most values hold.
  init?(_ literals: RegexLiterals) {
    let isCommon = literals.required.contains {
      $0.bytes.count == 1 && $0.bytes.allSatisfy(TermCharacter.isASCIITermByte)
    }
    if literals.required.isEmpty || isCommon { return nil }
    needles = literals.required.map {
      Needle($0.bytes, mode: .contains, ignoresCase: $0.ignoresCase)
    }
    others = literals.others.map {
      Needle($0.bytes, mode: .contains, ignoresCase: $0.ignoresCase)
    }
    isEnough = literals.isExact
    decidesASCIIOnly = (literals.required + literals.others).contains {
      $0.ignoresCase && ($0.bytes.contains(0x6B) || $0.bytes.contains(0x73))
    }
  }

  /// True where one of the texts lies in the value.
  func lies(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    needles.contains { $0.matches(text) }
  }

  /// True where all the further texts lie in the value. Worth asking of a long value, for which
  /// matching may take time that grows with its square.
  func allLie(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    others.allSatisfy { $0.matches(text) }
  }

  /// True where a value without the texts cannot match.
  func rulesOut(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    !decidesASCIIOnly || UTF8Text.isASCII(text)
  }

  /// True where no value of the column can match without the texts.
  func rulesOutAll(of column: TextColumn) -> Bool { !decidesASCIIOnly || column.isASCII }

  /// Decides which values hold one of the texts: 1, else 0.
  func search(_ column: TextColumn, into results: UnsafeMutablePointer<UInt8>) {
    NeedleSet(needles).searchAny(column, into: results)
  }
}

extension Pattern {
  /// Texts of which one lies in every value that the pattern matches somewhere; empty where none
  /// are known.
  ///
  /// `mayBeOdd` tells of a text whose `k` and `s` may be a Kelvin sign or a long s in a value.
  public var requiredTexts: [(bytes: [UInt8], ignoresCase: Bool, mayBeOdd: Bool)] {
    literals.required.map { text in
      let isOdd = text.ignoresCase && (text.bytes.contains(0x6B) || text.bytes.contains(0x73))
      return (text.bytes, text.ignoresCase, isOdd)
    }
  }
}

/// Writes a tree in the syntax of the matching library.
///
/// Names and flags are gone from the tree, so what is written means the same at each place: no
/// text of the pattern reaches the library unescaped.
struct RegexPrinter {
  /// What texts the printed pattern is for.
  enum Target {
    /// Any valid UTF-8.
    case unicode
    /// Texts all of whose bytes are ASCII, matched byte by byte: nothing beyond ASCII can match.
    case ascii
  }

  /// A printed pattern may not be longer: the library refuses such ones anyhow, later.
  private static let lengthLimit = 1 << 20
  private static let nothing = "(?!)"

  private let target: Target
  private let keepsCaptures: Bool
  private var text = ""

  /// Prints a tree; nil where it grows too long. Without captures, groups only group.
  static func printed(
    _ node: RegexNode,
    for target: Target,
    keepingCaptures: Bool
  ) -> [UInt8]? {
    var printer = RegexPrinter(target: target, keepsCaptures: keepingCaptures)
    printer.write(node)
    return printer.text.utf8.count <= lengthLimit ? Array(printer.text.utf8) : nil
  }

  private init(target: Target, keepsCaptures: Bool) {
    self.target = target
    self.keepsCaptures = keepsCaptures
  }

  private mutating func write(_ node: RegexNode) {
    guard text.utf8.count <= Self.lengthLimit else { return }
    switch node {
    case .empty:
      break
    case .scalar(let value, let ignoresCase):
      write(value, ignoresCase: ignoresCase)
    case .characters(let characters):
      write(characters)
    case .assertion(let assertion):
      write(assertion)
    case .capture(let body):
      text += keepsCaptures ? "(" : "(?:"
      write(body)
      text += ")"
    case .concatenation(let parts):
      write(parts)
    case .alternation(let branches):
      text += "(?:"
      for (index, branch) in branches.enumerated() {
        if index > 0 { text += "|" }
        write(branch)
      }
      text += ")"
    case .repetition(let body, let bounds):
      writeRepeated(body)
      write(bounds)
    }
  }

  /// Writes what a repeat applies to: one character alone, as the library then neither copies
  /// it for each time nor remembers a place to come back to; else a group.
  private mutating func writeRepeated(_ body: RegexNode) {
    switch body {
    case .scalar(let value, ignoresCase: true):
      let variants = CaseClosure.variants(value)
      let set = ScalarSet(unsorted: variants.map { ScalarSet.Range(lower: $0, upper: $0) })
      write(CharacterClass(set: set, properties: [], isNegated: false))
    case .scalar(let value, ignoresCase: false) where value < 0x80 || target == .unicode:
      write(value)
    case .characters(let characters) where prints(asOneCharacter: characters):
      write(characters)
    case .capture:
      write(body)
    default:
      text += "(?:"
      write(body)
      text += ")"
    }
  }

  /// False where a class is printed as a group or as what never matches.
  private func prints(asOneCharacter characters: CharacterClass) -> Bool {
    !characters.properties.isEmpty || !clipped(characters.set).isEmpty
  }

  /// Writes parts one after the other; runs of letters without case share one group.
  private mutating func write(_ parts: [RegexNode]) {
    var isOpen = false
    for part in parts {
      var opens = false
      if case .scalar(let value, let ignoresCase) = part {
        opens = ignoresCase || isOpen && CaseClosure.variants(value).count == 1
      }
      if opens != isOpen { text += opens ? "(?i:" : ")" }
      isOpen = opens
      if opens, case .scalar(let value, _) = part {
        write(value)
      } else {
        write(part)
      }
    }
    if isOpen { text += ")" }
  }

  private mutating func write(_ value: UInt32, ignoresCase: Bool) {
    if ignoresCase { text += "(?i:" }
    write(value)
    if ignoresCase { text += ")" }
  }

  private mutating func write(_ value: UInt32) {
    if value >= 0x80, target == .ascii {
      text += Self.nothing
    } else {
      text += Self.escaped(value)
    }
  }

  private static func escaped(_ value: UInt32) -> String {
    if value < 0x80, TermCharacter.contains(value) { return RegexCursor.text(value) }
    return "\\x{\(String(value, radix: 16))}"
  }

  private mutating func write(_ bounds: RegexRepeat) {
    switch (bounds.minimum, bounds.maximum) {
    case (0, nil): text += "*"
    case (1, nil): text += "+"
    case (0, 1): text += "?"
    case (let minimum, nil): text += "{\(minimum),}"
    case (let minimum, let maximum?): text += "{\(minimum),\(maximum)}"
    }
    if bounds.isLazy { text += "?" }
  }

  // MARK: Classes

  private mutating func write(_ characters: CharacterClass) {
    let set = clipped(characters.set)
    if set.isEmpty, characters.properties.isEmpty {
      text += characters.isNegated ? "(?s:.)" : Self.nothing
      return
    }
    text += characters.isNegated ? "[^" : "["
    for range in set.ranges {
      text += Self.escaped(range.lower)
      if range.upper > range.lower { text += "-" + Self.escaped(range.upper) }
    }
    for property in characters.properties {
      text += (property.isNegated ? "\\P{" : "\\p{") + property.name + "}"
    }
    text += "]"
  }

  /// The part of a set that texts of the target can hold.
  private func clipped(_ set: ScalarSet) -> ScalarSet {
    target == .ascii ? set.intersection(ScalarSet(0, 0x7F)) : set
  }

  // MARK: Places

  private mutating func write(_ assertion: RegexAssertion) {
    switch assertion {
    case .textStart: text += "\\A"
    case .textEnd: text += "\\z"
    case .lineStart(crlf: false): text += "(?m:^)"
    case .lineEnd(crlf: false): text += "(?m:$)"
    case .lineStart(crlf: true): text += "(?:(?<![^\\n])|(?<=\\r)(?!\\n))"
    case .lineEnd(crlf: true): text += "(?:(?![^\\r])|(?<!\\r)(?=\\n))"
    case .word(let edge, let isUnicode): write(edge, isUnicode: isUnicode)
    }
  }

  private mutating func write(_ edge: RegexWordEdge, isUnicode: Bool) {
    let word = wordClass(isUnicode: isUnicode)
    let (before, after) = ("(?<=\(word))", "(?=\(word))")
    let (notBefore, notAfter) = ("(?<!\(word))", "(?!\(word))")
    switch edge {
    case .boundary:
      text += target == .ascii ? "\\b" : "(?:\(before)\(notAfter)|\(notBefore)\(after))"
    case .notBoundary:
      text += target == .ascii ? "\\B" : "(?:\(before)\(after)|\(notBefore)\(notAfter))"
    case .start: text += notBefore + after
    case .end: text += before + notAfter
    case .startHalf: text += notBefore
    case .endHalf: text += notAfter
    }
  }

  private func wordClass(isUnicode: Bool) -> String {
    guard isUnicode, target == .unicode else { return "[0-9A-Z_a-z]" }
    let properties = CharacterClass.wordProperties.map { "\\p{\($0.name)}" }.joined()
    return "[0-9A-Z_a-z\(properties)]"
  }
}

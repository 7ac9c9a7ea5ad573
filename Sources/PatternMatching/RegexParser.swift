/// Parses the regular expressions of the language: the syntax of Rust's regex library, as the
/// reference documents it. It has no look-around and no back-references.
///
/// The tree has flags applied, groups that do not capture dissolved and classes reduced to one
/// union. Patterns come from hostile hands: length, depth and counts are bounded.
struct RegexParser {
  /// The flags in force at a place.
  struct Flags {
    var ignoresCase = false
    var isMultiline = false
    var dotMatchesLineFeed = false
    var isCRLF = false
    var swapsGreed = false
    var isUnicode = true
    var isVerbose = false
  }

  static let depthLimit = 200
  static let lengthLimit = 65_536
  /// The greatest count that the matching library takes.
  static let repeatLimit = 65_535

  var cursor: RegexCursor
  var flags = Flags() {
    didSet { cursor.skipsSpace = flags.isVerbose }
  }
  var depth = 0
  var resolver = CharacterClassResolver()
  private var captureNames: [String?] = []

  static func parse(
    _ pattern: [UInt8],
    options: Pattern.Options = []
  ) throws(PatternError) -> RegexTree {
    guard pattern.count <= lengthLimit else { throw .tooLarge(at: lengthLimit) }
    var parser = RegexParser(cursor: try RegexCursor(pattern))
    parser.flags.ignoresCase = options.contains(.ignoresCase)
    parser.flags.dotMatchesLineFeed = options.contains(.dotMatchesLineFeed)
    let root = try parser.parseAlternation()
    if parser.cursor.isAt(")") {
      throw PatternError(
        "unmatched ')'",
        at: parser.cursor.offset,
        advice: "write '\\)' for a parenthesis"
      )
    }
    return RegexTree(root: root, captureNames: parser.captureNames)
  }

  private init(cursor: RegexCursor) { self.cursor = cursor }

  mutating func descend(at offset: Int) throws(PatternError) {
    depth += 1
    if depth > Self.depthLimit { throw .tooDeep(at: offset) }
  }

  // MARK: Alternation and concatenation

  private mutating func parseAlternation() throws(PatternError) -> RegexNode {
    var branches = [try parseBranch()]
    while cursor.skip("|") { branches.append(try parseBranch()) }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func parseBranch() throws(PatternError) -> RegexNode {
    var items: [RegexNode] = []
    var canRepeat = false
    while true {
      cursor.skipSpace()
      guard let character = cursor.peek, character != 0x7C, character != 0x29 else { break }
      switch Unicode.Scalar(character) {
      case "*", "+", "?", "{":
        guard canRepeat, let last = items.popLast() else {
          throw PatternError(
            "'\(cursor.text)' has nothing to repeat",
            at: cursor.offset,
            advice: "write '\\\(cursor.text)' for the character itself"
          )
        }
        items.append(try parseRepeat(of: last))
      case "(":
        let group = try parseGroup()
        canRepeat = group != nil
        if let group { items.append(group) }
      default:
        items.append(try parsePrimitive())
        canRepeat = true
      }
    }
    switch items.count {
    case 0: return .empty
    case 1: return items[0]
    default: return .concatenation(items)
    }
  }

  private mutating func parsePrimitive() throws(PatternError) -> RegexNode {
    let offset = cursor.offset
    guard let character = cursor.peek else { return .empty }
    switch Unicode.Scalar(character) {
    case "[":
      return try parseClass()
    case "\\":
      return try node(of: try parseEscape(), at: offset)
    case ".":
      _ = cursor.next()
      try requireUnicode("'.'", at: offset)
      return .characters(dot())
    case "^":
      _ = cursor.next()
      return .assertion(flags.isMultiline ? .lineStart(crlf: flags.isCRLF) : .textStart)
    case "$":
      _ = cursor.next()
      return .assertion(flags.isMultiline ? .lineEnd(crlf: flags.isCRLF) : .textEnd)
    default:
      _ = cursor.next()
      return scalarNode(character)
    }
  }

  private func dot() -> CharacterClass {
    if flags.dotMatchesLineFeed { return .any }
    let lineFeed = ScalarSet(0x0A, 0x0A)
    let excluded = flags.isCRLF ? lineFeed.union(ScalarSet(0x0D, 0x0D)) : lineFeed
    return CharacterClass(set: excluded, properties: [], isNegated: true)
  }

  /// A leaf for one code point, in all its cases where case is ignored.
  func scalarNode(_ value: UInt32) -> RegexNode {
    guard flags.ignoresCase else { return .scalar(value, ignoresCase: false) }
    let variants = CaseClosure.variants(value)
    if variants.count == 1 { return .scalar(value, ignoresCase: false) }
    if value < 0x80, flags.isUnicode { return .scalar(value, ignoresCase: true) }
    let kept = flags.isUnicode ? variants : variants.filter { $0 < 0x80 }
    let set = ScalarSet(unsorted: kept.map { ScalarSet.Range(lower: $0, upper: $0) })
    return .characters(CharacterClass(set: set, properties: [], isNegated: false))
  }

  func requireUnicode(_ what: String, at offset: Int) throws(PatternError) {
    if flags.isUnicode { return }
    throw PatternError(
      "\(what) without Unicode could match a part of a character",
      at: offset,
      advice: "leave the flag 'u' on here"
    )
  }

  // MARK: Repetition

  private mutating func parseRepeat(of item: RegexNode) throws(PatternError) -> RegexNode {
    let offset = cursor.offset
    var bounds: RegexRepeat
    switch cursor.next().flatMap(Unicode.Scalar.init) {
    case "*": bounds = RegexRepeat(minimum: 0, maximum: nil, isLazy: false)
    case "+": bounds = RegexRepeat(minimum: 1, maximum: nil, isLazy: false)
    case "?": bounds = RegexRepeat(minimum: 0, maximum: 1, isLazy: false)
    default: bounds = try parseCounts(at: offset)
    }
    let isMarked = cursor.skip("?")
    bounds.isLazy = isMarked != flags.swapsGreed
    return Self.repeating(item, bounds)
  }

  /// Joins a repetition of a repetition where that changes nothing, as `(?:a+)+`, which would
  /// otherwise take exponential time to fail.
  private static func repeating(_ item: RegexNode, _ bounds: RegexRepeat) -> RegexNode {
    if case .repetition(let inner, let own) = item, own.maximum == nil, bounds.maximum == nil,
      own.minimum <= 1, bounds.minimum <= 1, !own.isLazy, !bounds.isLazy
    {
      let minimum = min(own.minimum, bounds.minimum)
      return .repetition(inner, RegexRepeat(minimum: minimum, maximum: nil, isLazy: false))
    }
    return .repetition(item, bounds)
  }

  private mutating func parseCounts(at offset: Int) throws(PatternError) -> RegexRepeat {
    let minimum = try parseCount(at: offset)
    var maximum: Int? = minimum
    if cursor.skip(",") {
      cursor.skipSpace()
      maximum = cursor.isAt("}") ? nil : try parseCount(at: offset)
    }
    guard cursor.skip("}") else { throw countError(at: offset) }
    if let maximum, maximum < minimum {
      throw PatternError(
        "the repeat count ends below its start",
        at: offset,
        advice: "write the smaller one first"
      )
    }
    return RegexRepeat(minimum: minimum, maximum: maximum, isLazy: false)
  }

  private mutating func parseCount(at offset: Int) throws(PatternError) -> Int {
    while let value = cursor.peek, UTF8Text.isWhitespace(value) { _ = cursor.next() }
    var count = 0
    var digits = 0
    while let value = cursor.peek, value &- 0x30 < 10 {
      count = count * 10 + Int(value - 0x30)
      digits += 1
      _ = cursor.next()
      if count > Self.repeatLimit {
        throw PatternError(
          "the repeat count is too large",
          at: offset,
          advice: "repeat at most \(Self.repeatLimit) times"
        )
      }
    }
    while let value = cursor.peek, UTF8Text.isWhitespace(value) { _ = cursor.next() }
    if digits == 0 { throw countError(at: offset) }
    return count
  }

  private func countError(at offset: Int) -> PatternError {
    PatternError(
      "a repeat count looks like {2}, {2,} or {2,5}",
      at: offset,
      advice: "write '\\{' for the brace itself"
    )
  }

  // MARK: Groups

  /// Parses a group or a change of flags; nil for the latter.
  private mutating func parseGroup() throws(PatternError) -> RegexNode? {
    let offset = cursor.offset
    _ = cursor.next()
    cursor.skipSpace()
    try descend(at: offset)
    defer { depth -= 1 }
    try refuseForeignGroup(at: offset)
    let saved = flags
    var isCapture = true
    if cursor.skip(text: "?P<") || cursor.skip(text: "?<") {
      captureNames.append(try parseName())
    } else if cursor.skip("?") {
      isCapture = false
      var changed = flags
      try parseFlags(into: &changed, groupAt: offset)
      if cursor.skip(")") {
        flags = changed
        return nil
      }
      _ = cursor.skip(":")
      flags = changed
    } else {
      captureNames.append(nil)
    }
    let body = try parseAlternation()
    guard cursor.skip(")") else {
      throw PatternError(
        "the group is not closed",
        at: offset,
        advice: "add ')', or write '\\(' for the character"
      )
    }
    flags = saved
    return isCapture ? .capture(body) : body
  }

  private func refuseForeignGroup(at offset: Int) throws(PatternError) {
    guard cursor.isAt("?") else { return }
    switch (cursor.peek(1) ?? 0, cursor.peek(2) ?? 0) {
    case (0x3D, _), (0x21, _), (0x3C, 0x3D), (0x3C, 0x21):
      throw .lookAround(at: offset)
    case (0x3E, _):
      throw .unsupported("an atomic group", at: offset, advice: "write '(?:' instead")
    case (0x28, _):
      throw .unsupported("a conditional", at: offset, advice: "write the cases with '|'")
    case (0x23, _):
      throw .unsupported("a comment group", at: offset, advice: "use '(?x)' with '# comment'")
    case (0x7C, _):
      throw .unsupported("a branch reset", at: offset, advice: "write '(?:' instead")
    case (0x26, _), (0x50, 0x3E), (0x30...0x39, _), (0x2B, _):
      throw .unsupported("recursion", at: offset, advice: "write out the levels that you need")
    case (0x50, 0x3D):
      throw .backReference(at: offset)
    case (0x27, _):
      throw .unsupported("the form (?'name'", at: offset, advice: "write '(?<name>'")
    default:
      return
    }
  }

  private mutating func parseName() throws(PatternError) -> String {
    let offset = cursor.offset
    var name = ""
    while let value = cursor.peek, value != 0x3E {
      guard let scalar = Unicode.Scalar(value), isNameCharacter(scalar, isFirst: name.isEmpty)
      else {
        throw PatternError(
          "'\(cursor.text)' cannot stand in a group name",
          at: cursor.offset,
          advice: "use letters, digits, '_', '.', '[' and ']', a letter or '_' first"
        )
      }
      name.unicodeScalars.append(scalar)
      _ = cursor.next()
    }
    guard cursor.skip(">"), !name.isEmpty else {
      throw PatternError(
        "the group has no complete name",
        at: offset,
        advice: "write '(?<name>...)'"
      )
    }
    if captureNames.contains(name) {
      throw PatternError(
        "two groups are named '\(name)'",
        at: offset,
        advice: "give each its own name"
      )
    }
    return name
  }

  private func isNameCharacter(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
    if scalar == "_" || scalar.properties.isAlphabetic { return true }
    if isFirst { return false }
    return [".", "[", "]"].contains(scalar) || scalar.properties.numericType != nil
  }

  private mutating func parseFlags(
    into changed: inout Flags,
    groupAt offset: Int
  ) throws(PatternError) {
    var seen: Set<UInt32> = []
    var value = true
    var isDangling = true
    while let letter = cursor.peek, letter != 0x3A, letter != 0x29 {
      guard seen.insert(letter).inserted else {
        throw PatternError(
          "the flag '\(cursor.text)' is given twice",
          at: cursor.offset,
          advice: "give it once"
        )
      }
      if letter == 0x2D { value = false } else { try set(letter, value, in: &changed) }
      isDangling = letter == 0x2D
      _ = cursor.next()
    }
    let isBareColon = seen.isEmpty && cursor.isAt(":")
    guard cursor.peek != nil, !isDangling || isBareColon else {
      throw PatternError(
        "the group has no complete flags",
        at: offset,
        advice: "write '(?i)', '(?i:...)' or '(?:...)'"
      )
    }
  }

  private func set(
    _ letter: UInt32,
    _ value: Bool,
    in changed: inout Flags
  ) throws(PatternError) {
    switch Unicode.Scalar(letter) {
    case "i": changed.ignoresCase = value
    case "m": changed.isMultiline = value
    case "s": changed.dotMatchesLineFeed = value
    case "R": changed.isCRLF = value
    case "U": changed.swapsGreed = value
    case "u": changed.isUnicode = value
    case "x": changed.isVerbose = value
    default:
      throw PatternError(
        "unknown flag '\(cursor.text)'",
        at: cursor.offset,
        advice: "the flags are i, m, s, R, U, u and x"
      )
    }
  }
}

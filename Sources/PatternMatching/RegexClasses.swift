extension RegexParser {
  /// Parses a class in brackets outside of any other.
  mutating func parseClass() throws(PatternError) -> RegexNode {
    let offset = cursor.offset
    let characters = try parseBracket()
    return .characters(try resolve(characters, at: offset))
  }

  /// Parses `[...]` with its nested classes and set operations.
  private mutating func parseBracket() throws(PatternError) -> CharacterClassNode {
    let offset = cursor.offset
    try descend(at: offset)
    defer { depth -= 1 }
    _ = cursor.next()
    cursor.skipSpace()
    let isNegated = cursor.skip("^")
    if isNegated { try requireUnicode("a negated class", at: offset) }
    var items = parseLeadingLiterals()
    var left: (CharacterClassOperator, CharacterClassNode)?
    while true {
      cursor.skipSpace()
      guard cursor.peek != nil else { throw unclosed(at: offset) }
      if cursor.skip("]") { break }
      if let operation = parseOperator() {
        left = (operation, Self.combine(left, .union(items)))
        items = []
      } else if cursor.isAt("[") {
        if let named = try parsePOSIXClass() {
          items.append(named)
        } else {
          items.append(try parseBracket())
        }
      } else {
        items.append(try parseRange(classAt: offset))
      }
    }
    let all = Self.combine(left, .union(items))
    return isNegated ? .negation(all) : all
  }

  private static func combine(
    _ left: (CharacterClassOperator, CharacterClassNode)?,
    _ right: CharacterClassNode
  ) -> CharacterClassNode {
    guard let left else { return right }
    return .operation(left.0, left.1, right)
  }

  /// Dashes at the start, and a bracket that would close an empty class, stand for themselves.
  private mutating func parseLeadingLiterals() -> [CharacterClassNode] {
    var items: [CharacterClassNode] = []
    cursor.skipSpace()
    while cursor.skip("-") {
      items.append(.set(ScalarSet(0x2D, 0x2D)))
      cursor.skipSpace()
    }
    if items.isEmpty, cursor.skip("]") { items.append(.set(ScalarSet(0x5D, 0x5D))) }
    return items
  }

  private mutating func parseOperator() -> CharacterClassOperator? {
    if cursor.skip(text: "&&") { return .intersection }
    if cursor.skip(text: "--") { return .difference }
    if cursor.skip(text: "~~") { return .symmetricDifference }
    return nil
  }

  private mutating func parseRange(classAt offset: Int) throws(PatternError) -> CharacterClassNode {
    let start = cursor.offset
    let first = try parseItem()
    cursor.skipSpace()
    guard cursor.isAt("-"), let after = cursor.peekAfterSpace(), after != 0x5D, after != 0x2D else {
      return try item(first, at: start)
    }
    _ = cursor.next()
    cursor.skipSpace()
    guard cursor.peek != nil else { throw unclosed(at: offset) }
    let second = try parseItem()
    guard case .scalar(let lower) = first, case .scalar(let upper) = second else {
      throw PatternError(
        "a class cannot be an end of a range",
        at: start,
        advice: "write '\\-' for a dash, or put it first or last"
      )
    }
    guard lower <= upper else {
      throw PatternError(
        "the range ends before it starts",
        at: start,
        advice: "write the smaller one first"
      )
    }
    return .set(closing(ScalarSet(lower, upper)))
  }

  private mutating func parseItem() throws(PatternError) -> RegexEscape {
    if cursor.isAt("\\") { return try parseEscape() }
    return .scalar(cursor.next() ?? 0)
  }

  private func item(
    _ escape: RegexEscape,
    at offset: Int
  ) throws(PatternError) -> CharacterClassNode {
    switch escape {
    case .scalar(let value): return .set(closing(ScalarSet(value, value)))
    case .characters(let characters): return characters
    case .assertion:
      throw PatternError(
        "a place in the text cannot stand in a class",
        at: offset,
        advice: "write '\\x08' for a backspace, or take it out of the brackets"
      )
    }
  }

  /// Adds the other cases where case is ignored.
  func closing(_ set: ScalarSet) -> ScalarSet {
    guard flags.ignoresCase else { return set }
    let closed = CaseClosure.close(set)
    return flags.isUnicode ? closed : closed.intersection(ScalarSet(0, 0x7F)).union(set)
  }

  private func unclosed(at offset: Int) -> PatternError {
    PatternError(
      "the class is not closed",
      at: offset,
      advice: "add ']', or write '\\[' for the character"
    )
  }

  // MARK: Named classes

  /// Parses `[:alpha:]`; nil, with nothing consumed, where it is not one.
  private mutating func parsePOSIXClass() throws(PatternError) -> CharacterClassNode? {
    let saved = cursor
    guard cursor.skip(text: "[:") else { return nil }
    let offset = saved.offset
    let isNegated = cursor.skip("^")
    var name = ""
    while let value = cursor.peek, value &- 0x61 < 26, name.utf8.count < 8 {
      name += RegexCursor.text(value)
      _ = cursor.next()
    }
    guard cursor.skip(text: ":]"), let set = Self.posixClasses[name] else {
      cursor = saved
      return nil
    }
    if isNegated { try requireUnicode("a negated class", at: offset) }
    let closed = closing(set)
    return .set(isNegated ? closed.complement() : closed)
  }

  private static let posixClasses: [String: ScalarSet] = {
    let ranges: [String: [(UInt32, UInt32)]] = [
      "alnum": [(0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)],
      "alpha": [(0x41, 0x5A), (0x61, 0x7A)],
      "ascii": [(0x00, 0x7F)],
      "blank": [(0x09, 0x09), (0x20, 0x20)],
      "cntrl": [(0x00, 0x1F), (0x7F, 0x7F)],
      "digit": [(0x30, 0x39)],
      "graph": [(0x21, 0x7E)],
      "lower": [(0x61, 0x7A)],
      "print": [(0x20, 0x7E)],
      "punct": [(0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)],
      "space": [(0x09, 0x0D), (0x20, 0x20)],
      "upper": [(0x41, 0x5A)],
      "word": [(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)],
      "xdigit": [(0x30, 0x39), (0x41, 0x46), (0x61, 0x66)],
    ]
    return ranges.mapValues { parts in
      ScalarSet(unsorted: parts.map { ScalarSet.Range(lower: $0.0, upper: $0.1) })
    }
  }()

  // MARK: Unicode properties

  /// Parses what follows `\p` or `\P`.
  mutating func parseProperty(
    isNegated: Bool,
    at offset: Int
  ) throws(PatternError) -> CharacterClassNode {
    try requireUnicode("a Unicode class", at: offset)
    var name = ""
    if cursor.skip("{") {
      while let value = cursor.peek, value != 0x7D, name.utf8.count < 64 {
        name += RegexCursor.text(value)
        _ = cursor.next()
      }
      guard cursor.skip("}") else {
        throw PatternError("the property has no end", at: offset, advice: "write '\\p{Greek}'")
      }
    } else {
      name = cursor.text
      _ = cursor.next()
    }
    guard let node = UnicodePropertyNames.node(for: name) else {
      throw Self.error(.unknown(name), at: offset)
    }
    let own = isNegated ? Self.negated(node) : node
    return flags.ignoresCase ? try closing(own, at: offset) : own
  }

  private static func negated(_ node: CharacterClassNode) -> CharacterClassNode {
    switch node {
    case .property(let name, let isNegated): return .property(name, isNegated: !isNegated)
    case .set(let set): return .set(set.complement())
    default: return .negation(node)
    }
  }

  /// A property in all cases of its members; only those about case change by this.
  private mutating func closing(
    _ node: CharacterClassNode,
    at offset: Int
  ) throws(PatternError) -> CharacterClassNode {
    do {
      return .set(CaseClosure.close(try resolver.evaluate(node)))
    } catch {
      throw Self.error(error, at: offset)
    }
  }
}

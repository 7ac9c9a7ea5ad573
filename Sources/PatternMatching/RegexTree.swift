/// A regular expression as a tree, with flags already applied to its leaves.
indirect enum RegexNode: Sendable {
  case empty
  /// One code point; with `ignoresCase`, an ASCII letter in either case.
  case scalar(UInt32, ignoresCase: Bool)
  case characters(CharacterClass)
  case assertion(RegexAssertion)
  case capture(RegexNode)
  case concatenation([RegexNode])
  case alternation([RegexNode])
  case repetition(RegexNode, RegexRepeat)
}

/// How often a part repeats.
struct RegexRepeat: Sendable, Equatable {
  var minimum: Int
  /// Nil where there is no upper bound.
  var maximum: Int?
  var isLazy: Bool
}

/// A place in the text, not a part of it.
enum RegexAssertion: Sendable, Equatable {
  case textStart
  case textEnd
  /// Lines end at a line feed, or in CRLF mode at carriage returns and line feeds too.
  case lineStart(crlf: Bool)
  case lineEnd(crlf: Bool)
  case word(RegexWordEdge, isUnicode: Bool)
}

/// Places at the edges of words.
enum RegexWordEdge: Sendable, Equatable {
  case boundary
  case notBoundary
  case start
  case end
  case startHalf
  case endHalf
}

/// A parsed pattern.
struct RegexTree: Sendable {
  var root: RegexNode
  /// The name of each capture group from group 1 on, nil where it has none.
  var captureNames: [String?]
}

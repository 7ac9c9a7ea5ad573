/// Says what a token is, as far as its own bytes tell.
public enum TokenKind: UInt8, Sendable, Hashable, CaseIterable {
  /// A word that is no keyword.
  case identifier
  /// A word, or a compound such as `project-away`, `!has` or `hint.strategy`, of ``Keyword``.
  ///
  /// Most keywords are usable as names: the parser decides by where they stand.
  case keyword

  case longLiteral
  case intLiteral
  case realLiteral
  case decimalLiteral
  case boolLiteral
  case datetimeLiteral
  case timespanLiteral
  case guidLiteral
  /// `01234567-89ab-cdef-0123-456789abcdef`, which only `dynamic(…)` takes.
  case rawGuidLiteral
  case stringLiteral

  case openParenthesis
  case closeParenthesis
  case openBracket
  case closeBracket
  case openBrace
  case closeBrace
  case bar
  case plus
  case minus
  case asterisk
  case slash
  case percent
  case dot
  case dotDot
  case comma
  case semicolon
  case colon
  case questionMark
  case atSign
  case exclamationMark
  case equal
  case equalEqual
  case notEqual
  case lessGreater
  case lessThan
  case lessThanOrEqual
  case greaterThan
  case greaterThanOrEqual
  case equalTilde
  case notTilde
  case fatArrow
  case lessBar

  /// `--`, `-->`, `<--`, `-[`, `<-[`, `]-`, `]->`: made by the parser inside graph patterns only.
  case graphArrow
  /// A line that starts with `#`.
  case directive
  /// Bytes that no token starts with, such as invalid UTF-8.
  case unexpected
  case endOfText
}

public import Columnar
public import SourceText

/// How the literals and captures of a `parse` pattern are matched.
public enum ParseKind: String, Sendable {
  case simple
  case relaxed
  case regex
}

/// A piece of a `parse` pattern.
public enum ParseSegment: Sendable {
  /// Text that must stand there; a regular expression in regex kind.
  case literal(ByteString)
  /// Any text, not kept.
  case skip
  /// Text that becomes a column; `isTyped` where the query writes its type.
  case capture(PlanColumn, isTyped: Bool)
}

/// `parse` and `parse-where`: columns out of a text by a pattern.
public struct Parse: PlanNode {
  public internal(set) var input: Plan
  public internal(set) var source: Expression
  public let kind: ParseKind
  /// Flags of regex kind, as written.
  public let flags: String
  public let segments: [ParseSegment]
  /// `parse-where`.
  public let dropsUnmatched: Bool
  /// Input columns with captures in place of those they replace, then the rest.
  public internal(set) var columns: [PlanColumn]
  public let span: SourceSpan

  public init(
    input: Plan,
    source: Expression,
    kind: ParseKind,
    flags: String,
    segments: [ParseSegment],
    dropsUnmatched: Bool,
    columns: [PlanColumn],
    span: SourceSpan
  ) {
    self.input = input
    self.source = source
    self.kind = kind
    self.flags = flags
    self.segments = segments
    self.dropsUnmatched = dropsUnmatched
    self.columns = columns
    self.span = span
  }

  public var title: String { dropsUnmatched ? "parse-where" : "parse" }
  public var inputs: [Plan] { [input] }
}

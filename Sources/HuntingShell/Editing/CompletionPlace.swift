import KQLSyntax
import SourceText

/// Where in a query a cursor stands, as far as it says what may be written there.
struct CompletionPlace {
  /// What may come.
  enum Kind: Equatable {
    /// Nothing that can be told, as in a text or a comment.
    case nothing
    /// A table or what else gives rows.
    case source
    /// The name of an operator, behind a bar.
    case operatorName
    /// Something of an operator.
    case argument(of: Keyword)
  }

  /// The bytes of the word that the cursor stands at the end of.
  let word: Range<Int>
  let kind: Kind
  /// The text of the rows that the operator gets, with the statements before it; nil where there
  /// are none.
  let input: [UInt8]?

  /// Finds the place of a cursor, an offset into the text.
  init(_ text: [UInt8], cursor: Int) {
    let cursor = max(0, min(cursor, text.count))
    var start = cursor
    while start > 0, Self.isWordByte(text[start - 1]) { start -= 1 }
    word = start..<cursor
    let before = Array(text[..<start])
    let tree = KQLParser.parse(SourceText(bytes: before))
    var tokens: [SyntaxToken] = []
    tree.root.forEachToken { if !$0.isMissing, $0.kind != .endOfText { tokens.append($0) } }
    if Self.isInside(text, before, tokens) {
      kind = .nothing
      input = nil
      return
    }
    var frames = Frames()
    for token in tokens { frames.take(token) }
    (kind, input) = frames.place(before, at: start)
  }

  /// Letters, digits and `_`; a `-` belongs to words such as `project-away`.
  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
      return true
    default: return false
    }
  }

  /// Whether the cursor stands in a comment or in a text that is not closed.
  private static func isInside(
    _ text: [UInt8],
    _ before: [UInt8],
    _ tokens: [SyntaxToken]
  ) -> Bool {
    // A letter more is its own token exactly where neither is open.
    let probe = KQLParser.parse(SourceText(bytes: before + [UInt8(ascii: "x")]))
    var isFree = false
    probe.root.forEachToken { token in
      if token.span.start == before.count, token.kind == .identifier { isFree = true }
    }
    return !isFree
  }
}

/// The parentheses, braces and statements that are open at a place.
private struct Frames {
  /// What is open.
  private struct Frame {
    /// Where the text in it begins.
    let start: Int
    var lastBar: SyntaxToken?
    /// The first token behind the last bar.
    var head: SyntaxToken?
    /// Tokens behind the last bar, or in all where there is none.
    var count = 0
    /// The last of them.
    var last: SyntaxToken?
  }

  private var frames = [Frame(start: 0)]
  /// Where the statement that is open begins.
  private var statementStart = 0

  mutating func take(_ token: SyntaxToken) {
    switch token.kind {
    case .openParenthesis, .openBrace, .openBracket:
      note(token)
      frames.append(Frame(start: token.span.end))
    case .closeParenthesis, .closeBrace, .closeBracket:
      if frames.count > 1 { frames.removeLast() }
      note(token)
    case .semicolon:
      if frames.count == 1 { statementStart = token.span.end }
      frames[frames.count - 1] = Frame(start: token.span.end)
    case .bar:
      frames[frames.count - 1].lastBar = token
      frames[frames.count - 1].head = nil
      frames[frames.count - 1].count = 0
      frames[frames.count - 1].last = token
    default: note(token)
    }
  }

  private mutating func note(_ token: SyntaxToken) {
    let top = frames.count - 1
    if frames[top].lastBar != nil, frames[top].head == nil { frames[top].head = token }
    // `let T =` begins a text of its own.
    if token.kind == .equal, frames[top].lastBar == nil, frames[top].count == 2 {
      frames[top] = Frame(start: token.span.end)
      return
    }
    frames[top].count += 1
    frames[top].last = token
  }

  /// What may be written at the end of the text.
  func place(_ text: [UInt8], at end: Int) -> (CompletionPlace.Kind, [UInt8]?) {
    let top = frames[frames.count - 1]
    if top.count == 0, top.lastBar == nil {
      guard let outer = operatorFrame(below: frames.count - 1) else { return (.source, nil) }
      let head = outer.head?.keyword ?? .none
      let takesTable = Self.tableOperators.contains(head)
      return takesTable ? (.source, nil) : (.argument(of: head), rows(of: outer, text))
    }
    guard let frame = operatorFrame(below: frames.count) else { return (.source, nil) }
    guard let head = frame.head else { return (.operatorName, rows(of: frame, text)) }
    let isBare = frame.start == top.start
    if isBare, Self.tableOperators.contains(head.keyword), frame.last?.keyword != .on,
      !Self.isBehindOn(frame)
    {
      return (.source, rows(of: frame, text))
    }
    return (.argument(of: head.keyword), rows(of: frame, text))
  }

  /// The innermost of the first frames with a bar in it.
  private func operatorFrame(below count: Int) -> Frame? {
    frames[..<count].last { $0.lastBar != nil }
  }

  private static func isBehindOn(_ frame: Frame) -> Bool {
    // Behind the table of a join comes `on` with names.
    frame.last?.kind == .comma || frame.last?.kind == .closeParenthesis
  }

  private static let tableOperators: Set<Keyword> = [.join, .lookup, .union]

  /// The text of what flows into the operator behind the last bar of a frame.
  private func rows(of frame: Frame, _ text: [UInt8]) -> [UInt8]? {
    guard let bar = frame.lastBar else { return nil }
    let statements = text[..<statementStart]
    let source = text[max(frame.start, 0)..<bar.span.start]
    return Array(statements) + Array(source)
  }
}

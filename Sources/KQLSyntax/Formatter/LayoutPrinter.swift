import SourceText

/// Prints layout steps, breaking the groups that do not fit on a line.
struct LayoutPrinter {
  private let source: SourceText
  private let steps: [LayoutStep]
  private var output: [UInt8] = []
  /// Columns used on the current line, in code points.
  private var column = 0
  private var indentation = 0
  /// Whether each open group is broken; the outermost always is.
  private var isBroken = [true]
  private var pending = Pending.none
  private var hasToken = false
  /// Whether the next token begins a statement.
  private var isAtStatement = true

  /// The blanks before a line: deep nesting does not push text ever further to the right, or a
  /// small
  /// text could become a huge one.
  private var margin: Int { min(indentation, 64) }

  /// White space that is printed before the next token.
  private enum Pending {
    case none
    case space
    case newLine
    case emptyLine
  }

  init(source: SourceText, steps: [LayoutStep]) {
    self.source = source
    self.steps = steps
    output.reserveCapacity(source.bytes.count + 64)
  }

  /// The text of all steps, with a line break at the end.
  mutating func run() -> [UInt8] {
    for index in steps.indices { perform(index) }
    if !output.isEmpty { output.append(0x0A) }
    return output
  }

  private mutating func perform(_ index: Int) {
    switch steps[index] {
    case .token(let token): write(token)
    case .space: if pending == .none { pending = .space }
    case .line: breakLine(else: .space)
    case .softLine: breakLine(else: .none)
    case .fillLine: breakFillLine(index)
    case .hardLine: pending = .newLine
    case .statementBreak: breakStatement(index)
    case .beginGroup(let mustBreak):
      isBroken.append(isBroken.last == true && (mustBreak || !groupFits(index + 1)))
    case .endGroup: isBroken.removeLast()
    case .indent: indentation += 4
    case .outdent: indentation -= 4
    }
  }

  private mutating func breakLine(else flat: Pending) {
    if isBroken.last == true {
      pending = .newLine
    } else if pending == .none {
      pending = flat
    }
  }

  private mutating func breakFillLine(_ index: Int) {
    guard isBroken.last == true, !itemFits(index + 1) else {
      if pending == .none { pending = .space }
      return
    }
    pending = .newLine
  }

  private mutating func breakStatement(_ index: Int) {
    guard let token = firstToken(after: index) else {
      pending = .newLine
      return
    }
    let leading = LeadingComments(token, source)
    let isEmpty =
      leading.comments.isEmpty
      ? leading.hasEmptyLineBeforeToken : leading.comments[0].hasEmptyLineBefore
    pending = isEmpty ? .emptyLine : .newLine
    isAtStatement = true
  }

  private func firstToken(after index: Int) -> SyntaxToken? {
    for step in steps[index...] {
      if case .token(let token) = step { return token }
    }
    return nil
  }

  // MARK: Printing

  private mutating func write(_ token: SyntaxToken) {
    writeComments(token)
    guard token.span.length > 0 else { return }
    flushPending()
    write(source.bytes[token.span.start..<token.span.end])
    hasToken = true
    isAtStatement = false
  }

  private mutating func writeComments(_ token: SyntaxToken) {
    guard token.leadingTrivia.length > 1 else { return }
    let leading = LeadingComments(token, source)
    guard !leading.comments.isEmpty else { return }
    for comment in leading.comments {
      if comment.isTrailing, hasToken {
        pending = .space
      } else {
        pending = comment.hasEmptyLineBefore ? .emptyLine : .newLine
      }
      flushPending()
      write(comment.text)
      pending = .newLine
    }
    let keepsEmptyLine = leading.hasEmptyLineBeforeToken && isAtStatement
    pending = keepsEmptyLine ? .emptyLine : .newLine
  }

  private mutating func flushPending() {
    defer { pending = .none }
    guard !output.isEmpty else { return }
    switch pending {
    case .none: break
    case .space: write([0x20])
    case .newLine, .emptyLine:
      output.append(0x0A)
      if pending == .emptyLine { output.append(0x0A) }
      output.append(contentsOf: repeatElement(0x20, count: margin))
      column = margin
    }
  }

  private mutating func write(_ bytes: ArraySlice<UInt8>) {
    output.append(contentsOf: bytes)
    if let lineEnd = bytes.lastIndex(of: 0x0A) {
      column = Self.width(bytes[(lineEnd + 1)...])
    } else {
      column += Self.width(bytes)
    }
  }

  // MARK: Measuring

  private static func width(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.count { $0 & 0xC0 != 0x80 }
  }

  /// Where the next token would start.
  private func startColumn(_ index: Int) -> Int {
    if let token = firstToken(after: index), hasComment(token) { return margin }
    switch pending {
    case .none: return column
    case .space: return column + 1
    case .newLine, .emptyLine: return margin
    }
  }

  private func hasComment(_ token: SyntaxToken) -> Bool {
    let trivia = token.leadingTrivia
    guard trivia.length > 1 else { return false }
    return source.bytes[trivia.start..<trivia.end].contains(UInt8(ascii: "/"))
  }

  /// Whether the group that begins here fits on the line, with what follows it up to the next place
  /// where the line may break.
  private func groupFits(_ start: Int) -> Bool {
    fits(from: start, room: KQLFormatter.lineWidth - startColumn(start), stopsAtDepth: -1)
  }

  /// Whether what follows a place to break fits on the line up to the next such place.
  private func itemFits(_ start: Int) -> Bool {
    fits(from: start, room: KQLFormatter.lineWidth - startColumn(start) - 1, stopsAtDepth: 0)
  }

  /// Measures steps in flat form up to the first line break at the depth or outside of it.
  private func fits(from start: Int, room: Int, stopsAtDepth: Int) -> Bool {
    var room = room
    var depth = 0
    var lowest = 0
    var isFirst = true
    for step in steps[start...] {
      switch step {
      case .token(let token):
        if !isFirst, hasComment(token) { return true }
        isFirst = false
        let bytes = source.bytes[token.span.start..<token.span.end]
        if let lineEnd = bytes.firstIndex(of: 0x0A) {
          return Self.width(bytes[..<lineEnd]) <= room
        }
        room -= Self.width(bytes)
      case .space: room -= 1
      case .line, .fillLine, .softLine:
        if min(depth, lowest) <= stopsAtDepth, depth <= max(stopsAtDepth, 0) { return true }
        if case .softLine = step {} else { room -= 1 }
      case .hardLine, .statementBreak: return true
      case .beginGroup: depth += 1
      case .endGroup:
        depth -= 1
        lowest = min(lowest, depth)
      case .indent, .outdent: break
      }
      if room < 0 { return false }
    }
    return true
  }
}

import SourceText

/// A comment in the trivia before a token.
struct Comment {
  /// The text with `//`, without blanks at its end.
  let text: ArraySlice<UInt8>
  /// Whether it stands on the line of the token before.
  let isTrailing: Bool
  /// Whether an empty line stands before it.
  let hasEmptyLineBefore: Bool
}

/// The comments before a token, and whether an empty line stands between them and the token.
struct LeadingComments {
  private(set) var comments: [Comment] = []
  private(set) var hasEmptyLineBeforeToken = false

  init(_ token: SyntaxToken, _ source: SourceText) {
    let bytes = source.bytes
    let trivia = token.leadingTrivia
    var lineEnds = 0
    var index = trivia.start
    while index < trivia.end {
      if bytes[index] == UInt8(ascii: "/") {
        var end = index
        while end < trivia.end, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        comments.append(
          Comment(
            text: Self.trimmed(bytes[index..<end]),
            isTrailing: lineEnds == 0 && comments.isEmpty && trivia.start > 0,
            hasEmptyLineBefore: lineEnds > 1
          )
        )
        lineEnds = 0
        index = end
      } else {
        let isPair = bytes[index] == 0x0D && index + 1 < trivia.end && bytes[index + 1] == 0x0A
        if bytes[index] == 0x0A || bytes[index] == 0x0D { lineEnds += 1 }
        index += isPair ? 2 : 1
      }
    }
    hasEmptyLineBeforeToken = lineEnds > 1
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text
    while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
    return text
  }
}

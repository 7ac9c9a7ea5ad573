import SourceText

extension Lexer {
  /// Whether a string literal follows the one letter `h` or `H` at the current position.
  func isHiddenStringPrefix() -> Bool {
    peek() | 0x20 == UInt8(ascii: "h") && quoteDistance(1) != nil
  }

  /// Reads a string literal of any form. Answers false where there is none.
  mutating func readString() -> Bool {
    let prefix = peek() | 0x20 == UInt8(ascii: "h") ? 1 : 0
    guard let quoteAt = quoteDistance(prefix) else { return false }
    let quote = peek(quoteAt)
    if quote == UInt8(ascii: "`") || quote == UInt8(ascii: "~") {
      readMultiLine(quote, from: position + quoteAt)
    } else if quoteAt > prefix {
      readVerbatim(quote, from: position + quoteAt)
    } else {
      readEscaped(quote, from: position + quoteAt)
    }
    return true
  }

  /// How far the first quote of a literal is, after an optional `@`; nil where no literal starts.
  private func quoteDistance(_ start: Int) -> Int? {
    let distance = peek(start) == UInt8(ascii: "@") ? start + 1 : start
    switch peek(distance) {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return distance
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      return isTriple(peek(distance), at: position + distance) ? distance : nil
    default: return nil
    }
  }

  private func isTriple(_ quote: UInt8, at index: Int) -> Bool {
    index + 2 < bytes.count && bytes[index] == quote && bytes[index + 1] == quote
      && bytes[index + 2] == quote
  }

  private mutating func readMultiLine(_ quote: UInt8, from start: Int) {
    var end = start + 3
    while end < bytes.count, !isTriple(quote, at: end) { end += 1 }
    let isClosed = end < bytes.count
    finish(end: isClosed ? end + 3 : end, isClosed: isClosed, [quote, quote, quote])
  }

  private mutating func readVerbatim(_ quote: UInt8, from start: Int) {
    var end = start + 1
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D {
      if bytes[end] == quote {
        guard end + 1 < bytes.count, bytes[end + 1] == quote else {
          return finish(end: end + 1, isClosed: true, [quote])
        }
        end += 1
      }
      end += 1
    }
    finish(end: end, isClosed: false, [quote])
  }

  private mutating func readEscaped(_ quote: UInt8, from start: Int) {
    var end = start + 1
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D {
      if bytes[end] == quote { return finish(end: end + 1, isClosed: true, [quote]) }
      guard bytes[end] == UInt8(ascii: "\\") else {
        end += 1
        continue
      }
      if let escape = StringEscape(bytes, at: end) {
        end += escape.length
      } else {
        report(SyntaxDiagnostics.badEscape(at: SourceSpan(end, min(end + 2, bytes.count))))
        end += 1
      }
    }
    finish(end: end, isClosed: false, [quote])
  }

  private mutating func finish(end: Int, isClosed: Bool, _ quotes: [UInt8]) {
    let start = position
    add(.stringLiteral, length: end - position)
    if !isClosed {
      let closer = String(decoding: quotes, as: UTF8.self)
      report(SyntaxDiagnostics.unclosedString(closer, at: SourceSpan(start, end)))
    }
  }
}

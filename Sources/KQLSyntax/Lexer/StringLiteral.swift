/// Decodes string literals.
public enum StringLiteral {
  /// The text that one string literal token stands for.
  ///
  /// Handles `"…"` and `'…'` with escapes, `@"…"` with doubled quotes, ``` and ~~~ for many lines,
  /// and
  /// the prefix `h`. A literal that is not closed ends where the token ends. A bad escape stands
  /// for
  /// itself.
  public static func decode(_ token: some Collection<UInt8>) -> [UInt8] {
    var bytes = Array(token)[...]
    if bytes.first == UInt8(ascii: "h") || bytes.first == UInt8(ascii: "H") { bytes.removeFirst() }
    let isVerbatim = bytes.first == UInt8(ascii: "@")
    if isVerbatim { bytes.removeFirst() }
    guard let quote = bytes.first else { return [] }
    if quote == UInt8(ascii: "`") || quote == UInt8(ascii: "~") {
      return trim(bytes, count: 3, quote: quote)
    }
    let content = trim(bytes, count: 1, quote: quote)
    return isVerbatim ? undouble(content, quote) : unescape(content)
  }

  /// The text that several adjacent literals stand for together.
  public static func decode(adjacent tokens: some Sequence<some Collection<UInt8>>) -> [UInt8] {
    tokens.reduce(into: []) { $0 += decode($1) }
  }

  /// Takes off the opening quotes and, where they are there, the closing ones.
  private static func trim(_ bytes: ArraySlice<UInt8>, count: Int, quote: UInt8) -> [UInt8] {
    let content = bytes.dropFirst(count)
    let isClosed = content.count >= count && content.suffix(count).allSatisfy { $0 == quote }
    return Array(isClosed ? content.dropLast(count) : content)
  }

  private static func undouble(_ content: [UInt8], _ quote: UInt8) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < content.count {
      result.append(content[index])
      let isDoubled =
        content[index] == quote && index + 1 < content.count
        && content[index + 1] == quote
      index += isDoubled ? 2 : 1
    }
    return result
  }

  private static func unescape(_ content: [UInt8]) -> [UInt8] {
    guard content.contains(UInt8(ascii: "\\")) else { return content }
    var result: [UInt8] = []
    var index = 0
    while index < content.count {
      if let escape = StringEscape(content, at: index) {
        escape.append(to: &result)
        index += escape.length
      } else {
        result.append(content[index])
        index += 1
      }
    }
    return result
  }
}

/// What replaces a match: text with `\0` for the whole match and `\1` to `\9` for its groups.
///
/// `\\` stands for one backslash; a backslash before anything else stands for itself.
public struct ReplacementTemplate: Sendable {
  private enum Part: Sendable {
    case text([UInt8])
    case group(Int)
  }

  private var parts: [Part] = []

  /// Parses a template for a pattern.
  ///
  /// - Throws: `PatternError`, its offset in the template, where a group does not exist.
  public init(_ bytes: [UInt8], for pattern: Pattern) throws(PatternError) {
    var text: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      guard byte == 0x5C, next == 0x5C || next &- 0x30 < 10 else {
        text.append(byte)
        index += 1
        continue
      }
      if next == 0x5C {
        text.append(next)
      } else {
        let group = Int(next &- 0x30)
        guard group <= pattern.captureCount else {
          throw PatternError(
            "the replacement names group \(group), which the pattern does not have",
            at: index,
            advice: "the pattern has \(pattern.captureCount) groups; write '\\\\' for a backslash"
          )
        }
        if !text.isEmpty { parts.append(.text(text)) }
        text = []
        parts.append(.group(group))
      }
      index += 2
    }
    if !text.isEmpty { parts.append(.text(text)) }
  }

  /// Appends the replacement of one match; a group that took no part is empty.
  func append(
    to output: inout [UInt8],
    from text: UnsafeBufferPointer<UInt8>,
    group: (Int) -> Range<Int>?
  ) {
    for part in parts {
      switch part {
      case .text(let bytes): output.append(contentsOf: bytes)
      case .group(let number):
        if let range = group(number) { output.append(contentsOf: text[range]) }
      }
    }
  }
}

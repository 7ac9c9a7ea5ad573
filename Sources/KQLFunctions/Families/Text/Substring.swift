import Columnar
import PatternMatching

extension ScalarFunction {
  static let substringFamily: [ScalarFunction] = [substring, indexOf]

  static let substring = ScalarFunction(
    "substring",
    "string start length?",
    "Cuts characters out of a text; a negative start counts from the end.",
    examples: [
      Example("print substring(\"123456\", 1)", "23456"),
      Example("print substring(\"123456\", -2, 1)", "5"),
      Example("print substring(\"abc\", 5)", ""),
    ],
    kernels: [
      .text { (text: TextView, start: Int64, out: TextBuilder) in
        out.write(text.cut(start, Int64.max))
      },
      .text { (text: TextView, start: Int64, length: Int64, out: TextBuilder) in
        out.write(text.cut(start, length))
      },
    ].withAnyScalar
  )

  static let indexOf = ScalarFunction(
    "indexof",
    "string match start? length? occurrence@Constant?",
    "Finds the position of a text in another, -1 if it is not there; the length limits where "
      + "matches may start.",
    examples: [
      Example("print indexof(\"abcdefg\", \"cde\")", "2"),
      Example("print indexof(\"abcdefgabcdefg\", \"cde\", 1, 10, 2)", "9"),
      Example("print indexof(\"abc\", \"\")", "null"),
    ],
    kernels: [
      ScalarKernel(
        [.type(.string), .type(.string), .type(.long), .type(.long), .type(.long)],
        minimumCount: 2,
        result: .long
      ) { call in
        try liftFixed(call) {
          let texts = TextReader(call.arguments[0])
          let matches = TextReader(call.arguments[1])
          let limits = call.arguments.dropFirst(2).map { FixedReader<Int64>($0) }
          return { row in
            SearchWindow(limits.map { $0[row] }).position(of: matches[row], in: texts[row])
          }
        }
      }
    ].withAnyScalar
  )
}

extension TextView {
  /// Characters from a start on; a start before the text gives nothing.
  fileprivate func cut(_ start: Int64, _ length: Int64) -> TextView {
    guard length > 0 else { return part(0, 0) }
    var first = Int(start)
    if first < 0 {
      first &+= UTF8Text.scalarCount(buffer)
      if first < 0 { return part(0, 0) }
    }
    let range = UTF8Text.slice(buffer, start: first, length: Int(length))
    return part(range.lowerBound, range.upperBound)
  }
}

/// The optional arguments of `indexof` and `indexof_regex`, in characters.
struct SearchWindow {
  let start: Int64
  /// How many positions may be the start of a match; -1 for any number.
  let length: Int64
  let occurrence: Int64

  init(_ limits: [Int64]) {
    start = limits.count > 0 ? limits[0] : 0
    length = limits.count > 1 ? limits[1] : -1
    occurrence = limits.count > 2 ? limits[2] : 1
  }

  /// The byte offsets at which a match may start, or nil for arguments that make no sense.
  func byteRange(in text: TextView) -> Range<Int>? {
    guard length >= -1, occurrence > 0 else { return nil }
    let first = start < 0 ? max(0, start &+ Int64(UTF8Text.scalarCount(text.buffer))) : start
    let lower = UTF8Text.byteOffset(ofScalar: Int(first), in: text.buffer)
    guard length >= 0 else { return lower..<(text.count &+ 1) }
    let isPast = Int(first) > UTF8Text.scalarCount(text.buffer)
    if length == 0 || isPast { return lower..<lower }
    let upper = UTF8Text.byteOffset(ofScalar: Int(length), in: text.buffer, from: lower)
    return lower..<max(lower, upper)
  }

  /// The character position of a text, -1 if it is not there.
  fileprivate func position(of match: TextView, in text: TextView) -> Int64? {
    guard match.count > 0, let range = byteRange(in: text) else { return nil }
    var left = occurrence
    var offset = range.lowerBound
    while offset < range.upperBound, offset &+ match.count <= text.count {
      guard let found = text.firstOffset(of: match, from: offset), found < range.upperBound
      else { return -1 }
      left &-= 1
      if left == 0 { return Int64(UTF8Text.scalarIndex(atByte: found, in: text.buffer)) }
      offset = found &+ 1
    }
    return -1
  }
}

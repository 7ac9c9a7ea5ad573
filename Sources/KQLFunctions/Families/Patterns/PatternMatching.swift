import Columnar
import PatternMatching

// Functions that test and count by regular expressions.

extension ScalarFunction {
  static let patternFamily: [ScalarFunction] = [
    matchRegex, indexOfRegex, regexQuote, hasAnyIndex, countOf,
  ]

  static let matchRegex = ScalarFunction(
    "MatchRegex",
    """
    left:StringOrDynamic right:StringOrDynamic
    | left:StringOrDynamic@StarOnly right:StringOrDynamic
    """,
    "Tells whether a regular expression matches within a text.",
    examples: [
      Example("print \"cmd /c whoami\" matches regex @\"/c\\s+\\w+\"", "true"),
      Example("print \"CMD\" matches regex \"cmd\"", "false"),
    ],
    kernels: [
      ScalarKernel([.type(.string), .type(.string)], result: .bool) { call in
        if call.arguments[1].constant == nil {
          return try liftFixed(call) {
            let texts = TextReader(call.arguments[0])
            let matcher = try call.patternReader(1)
            return { row in try call.matching { try matcher(row).isMatch(texts[row].buffer) } }
          }
        }
        let count = call.isConstant ? 1 : call.count
        let values = Buffer(byteCount: count)
        let matcher = try call.patternReader(1)(0)
        try call.arguments[0].withTextColumn(count: count) { column in
          try call.matching { try matcher.search(column, into: values.values(UInt8.self)) }
        }
        return call.widened(
          Vector(type: .bool, count: count, layout: .fixed(FixedRows(values: values)))
        )
      }
    ]
  )

  static let indexOfRegex = ScalarFunction(
    "indexof_regex",
    "string match@Constant start? length? occurrence@Constant?",
    "Finds the position of what a regular expression matches, -1 if it matches nothing.",
    examples: [
      Example("print indexof_regex(\"abcabc\", @\"a.c\")", "0"),
      Example("print indexof_regex(\"abcabc\", @\"a.c\", 1)", "3"),
      Example("print indexof_regex(\"ababaa\", @\"a.a\", 0, -1, 2)", "-1"),
    ],
    kernels: [
      ScalarKernel(
        [.type(.string), .type(.string), .type(.long), .type(.long), .type(.long)],
        minimumCount: 2,
        result: .long
      ) { call in
        try liftFixed(call) {
          let texts = TextReader(call.arguments[0])
          let matcher = try call.patternReader(1)
          let limits = call.arguments.dropFirst(2).map { FixedReader<Int64>($0) }
          return { row in
            let window = SearchWindow(limits.map { $0[row] })
            return try call.matching { try position(try matcher(row), in: texts[row], window) }
          }
        }
      }
    ].withAnyScalar
  )

  static let regexQuote = ScalarFunction(
    "regex_quote",
    "string",
    "Escapes what means something in a regular expression.",
    examples: [
      Example("print regex_quote(\"a.b*\")", "a\\.b\\*"),
      Example("print regex_quote(\"abc\")", "abc"),
    ],
    kernels: [
      .text { (text: TextView, out: TextBuilder) in out.write(Pattern.quote(text.buffer)) }
    ].withAnyScalar
  )

  static let hasAnyIndex = ScalarFunction(
    "has_any_index",
    "source:StringOrDynamic values:DynamicArray",
    "Returns the place of the first term of a list that a text has, -1 without one.",
    examples: [
      Example("print has_any_index(\"this is an example\", dynamic([\"not\", \"example\"]))", "1"),
      Example("print has_any_index(\"this is an example\", dynamic([]))", "-1"),
    ],
    kernels: [
      .map { (source: TextView, values: DynamicView) in
        for (number, value) in values.elements.enumerated() {
          guard let term = value.string else { continue }
          let needle = Needle(Array(term), mode: .hasTerm, ignoresCase: true)
          if needle.matches(source.buffer) { return Int64(number) }
        }
        return -1
      }
    ]
  )

  static let countOf = ScalarFunction(
    "countof",
    "source search kind@Literal?=countof",
    "Counts the occurrences of a text, which may overlap, or those of a regular expression.",
    examples: [
      Example("print countof(\"aaaa\", \"aa\")", "3"),
      Example("print countof(\"hello world\", \"l+\", \"regex\")", "2"),
    ],
    kernels: [
      .map { (source: TextView, search: TextView) in countOverlapping(search, in: source) },
      ScalarKernel([.type(.string), .type(.string), .type(.string)], result: .long) { call in
        let kind = TextReader(call.arguments[2])
        return try liftFixed(call) {
          let sources = TextReader(call.arguments[0])
          let searches = TextReader(call.arguments[1])
          guard call.count > 0, kind[0].isEqual("regex") else {
            return { row in countOverlapping(searches[row], in: sources[row]) }
          }
          let matcher = try call.patternReader(1)
          return { row in
            var count: Int64 = 0
            try call.matching {
              try matcher(row).forEachMatch(in: sources[row].buffer) { _ in
                count &+= 1
                return true
              }
            }
            return count
          }
        }
      },
    ]
  )
}

/// The character position of a match that lies wholly in a window of characters.
private func position(
  _ matcher: Matcher,
  in text: TextView,
  _ window: SearchWindow
) throws -> Int64? {
  guard let range = window.byteRange(in: text) else { return nil }
  let searched = text.part(0, min(range.upperBound, text.count))
  var left = window.occurrence
  var found: Int?
  var from = range.lowerBound
  while from <= searched.count, try matcher.firstMatch(in: searched.buffer, from: from) {
    left &-= 1
    if left == 0 {
      found = matcher.range.lowerBound
      break
    }
    from = max(from &+ 1, matcher.range.upperBound)
  }
  guard let found else { return -1 }
  return Int64(UTF8Text.scalarIndex(atByte: found, in: text.buffer))
}

/// Counts the places where a text starts; they may overlap.
private func countOverlapping(_ search: TextView, in source: TextView) -> Int64 {
  guard search.count > 0 else { return 0 }
  var count: Int64 = 0
  var offset = 0
  while let found = source.firstOffset(of: search, from: offset) {
    count &+= 1
    offset = found &+ 1
  }
  return count
}

import Columnar
import PatternMatching

// Functions that change texts by regular expressions.

extension ScalarFunction {
  static let patternReplacementFamily: [ScalarFunction] = [
    replaceRegex, replaceOld, trim, trimStart, trimEnd,
  ]

  static let replaceRegex = ScalarFunction(
    "replace_regex",
    "source lookup_regex@Constant rewrite_pattern@Constant",
    "Replaces all that a regular expression matches; `\\1` stands for its first group.",
    examples: [
      Example(
        "print replace_regex(\"Number is 5\", @\"is (\\d+)\", @\"was: \\1\")",
        "Number was: 5"
      ),
      Example("print replace_regex(\"abc\", \"x\", \"y\")", "abc"),
    ],
    kernels: [.replacement(source: 0, pattern: 1, rewrite: 2)]
  )

  static let replaceOld = ScalarFunction(
    "replace",
    "regex@Constant rewrite@Constant source",
    replacedBy: ["replace_regex", "replace_string"],
    "Replaces all that a regular expression matches; the old form of replace_regex.",
    examples: [
      Example("print replace(@\"is (\\d+)\", @\"was: \\1\", \"Number is 5\")", "Number was: 5"),
      Example("print replace(\"x\", \"y\", \"abc\")", "abc"),
    ],
    kernels: [.replacement(source: 2, pattern: 0, rewrite: 1)]
  )

  static let trim = ScalarFunction(
    "trim",
    "regex@Constant source",
    "Removes one match of a regular expression at the start and one at the end.",
    examples: [
      Example("print trim(\"--\", \"--https://bing.com--\")", "https://bing.com"),
      Example("print trim(\"x\", \"xxaxx\")", "xax"),
    ],
    kernels: [.trimming(atStart: true, atEnd: true)]
  )

  static let trimStart = ScalarFunction(
    "trim_start",
    "regex@Constant source",
    "Removes one match of a regular expression at the start.",
    examples: [
      Example("print trim_start(@\"[^\\w]+\", \"-  Te st1\")", "Te st1"),
      Example("print trim_start(\"x\", \"xxax\")", "xax"),
    ],
    kernels: [.trimming(atStart: true, atEnd: false)]
  )

  static let trimEnd = ScalarFunction(
    "trim_end",
    "regex@Constant source",
    "Removes one match of a regular expression at the end.",
    examples: [
      Example("print trim_end(\".com\", \"bing.com\")", "bing"),
      Example("print trim_end(\"x\", \"xaxx\")", "xax"),
    ],
    kernels: [.trimming(atStart: false, atEnd: true)]
  )
}

/// A replacement of a pattern, kept by a call site.
private final class PreparedTemplates {
  private let patterns = SitePatterns()
  private var last: (rewrite: [UInt8], matcher: Matcher, template: ReplacementTemplate)?

  func template(
    _ pattern: TextView,
    _ rewrite: TextView,
    _ call: KernelCall
  ) throws -> (matcher: Matcher, template: ReplacementTemplate) {
    if let last, last.matcher.pattern.bytes.withTextView({ $0.isEqual(pattern) }),
      last.rewrite.withTextView({ $0.isEqual(rewrite) })
    {
      return (last.matcher, last.template)
    }
    let matcher = try patterns.matcher(pattern.bytes, call)
    let template = try call.matching {
      try ReplacementTemplate(rewrite.bytes, for: matcher.pattern)
    }
    last = (rewrite.bytes, matcher, template)
    return (matcher, template)
  }
}

extension ScalarKernel {
  fileprivate static func replacement(source: Int, pattern: Int, rewrite: Int) -> ScalarKernel {
    ScalarKernel([.type(.string), .type(.string), .type(.string)], result: .string) { call in
      try liftText(call) { builder in
        let sources = TextReader(call.arguments[source])
        let patterns = TextReader(call.arguments[pattern])
        let rewrites = TextReader(call.arguments[rewrite])
        let prepared = call.site.prepare(PreparedTemplates.self) { PreparedTemplates() }
        return { row in
          let (matcher, template) = try prepared.template(patterns[row], rewrites[row], call)
          var output: [UInt8] = []
          try call.matching {
            _ = try matcher.replaceAll(
              in: sources[row].buffer,
              with: template,
              appendingTo: &output
            )
          }
          builder.write(output)
        }
      }
    }
  }

  fileprivate static func trimming(atStart: Bool, atEnd: Bool) -> ScalarKernel {
    ScalarKernel([.type(.string), .type(.string)], result: .string) { call in
      try liftText(call) { builder in
        let sources = TextReader(call.arguments[1])
        let start = try call.patternReader(0) { Array("^(?:".utf8) + $0 + Array(")".utf8) }
        let end = try call.patternReader(0) { Array("(?:".utf8) + $0 + Array(")$".utf8) }
        return { row in
          var rest = sources[row]
          if atStart {
            let matcher = try start(row)
            if try call.matching({ try matcher.firstMatch(in: rest.buffer) }) {
              rest = rest.suffix(from: matcher.range.upperBound)
            }
          }
          if atEnd {
            let matcher = try end(row)
            if try call.matching({ try matcher.firstMatch(in: rest.buffer) }) {
              rest = rest.part(0, matcher.range.lowerBound)
            }
          }
          builder.write(rest)
        }
      }
    }
  }
}

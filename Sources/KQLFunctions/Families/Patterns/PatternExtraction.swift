import Columnar
import PatternMatching

// Functions that take parts of texts by regular expressions.

extension ScalarFunction {
  static let patternExtractionFamily: [ScalarFunction] = [extract, extractAll]

  static let extract = ScalarFunction(
    "extract",
    """
    regex:string@Constant captureGroup:long source:string -> string
    | regex:string@Constant captureGroup:long source:string typeLiteral:type@Literal
      -> ParameterNLiteral
    """,
    "Returns what a group of a regular expression matches first, converted to a type.",
    examples: [
      Example("print extract(\"x=([0-9.]+)\", 1, \"hello x=45.6|wo\")", "45.6"),
      Example("print extract(\"x=([0-9]+)\", 1, \"y=1\", typeof(long))", "null"),
    ],
    kernels: [
      ScalarKernel([.type(.string), .type(.long), .type(.string)], result: .string) { call in
        try extractTexts(call).parsed(as: call.resultType, call)
      }
    ]
  )

  static let extractAll = ScalarFunction(
    "extract_all",
    aliases: [.obsolete("extractall")],
    """
    regex:string@Constant source:string
    | regex:string@Constant captureGroups:DynamicArray source:string
    """,
    "Returns all that the groups of a regular expression match: an array of texts for one group, "
      + "of arrays for several.",
    examples: [
      Example("print extract_all(@\"(\\d+)\", \"1, 22\")", "[\"1\",\"22\"]"),
      Example(
        "print extract_all(@\"(\\w)(\\w)\", dynamic([2, 1]), \"ab cd\")",
        "[[\"b\",\"a\"],[\"d\",\"c\"]]"
      ),
      Example("print extract_all(@\"(\\d)\", \"none\")", "null"),
    ],
    kernels: [
      ScalarKernel([.type(.string), .type(.string)], result: .dynamic) { call in
        let sources = TextReader(call.arguments[1])
        let matcher = try call.patternReader(0)
        return try liftDynamic(call) { row, writer in
          let own = try matcher(row)
          let count = own.pattern.captureCount
          let groups = count == 0 ? [0] : Array(1...count)
          try call.matching { try own.writeAll(groups, of: sources[row], to: &writer) }
        }
      },
      ScalarKernel([.type(.string), .type(.dynamic), .type(.string)], result: .dynamic) { call in
        let sources = TextReader(call.arguments[2])
        let chosen = DynamicReader(call.arguments[1])
        let matcher = try call.patternReader(0)
        return try liftDynamic(call) { row, writer in
          let own = try matcher(row)
          let groups = chosen[row].elements.compactMap { own.pattern.group($0) }
          try call.matching { try own.writeAll(groups, of: sources[row], to: &writer) }
        }
      },
    ]
  )
}

/// The texts of a group of the first match; empty where there is none.
private func extractTexts(_ call: KernelCall) throws -> Vector {
  let texts = KernelCall(
    arguments: Array(call.arguments[..<3]),
    count: call.count,
    resultType: .string,
    site: call.site
  )
  return try liftText(texts) { builder in
    let groups = FixedReader<Int64>(call.arguments[1])
    let sources = TextReader(call.arguments[2])
    let matcher = try call.patternReader(0)
    return { row in
      let own = try matcher(row)
      let source = sources[row]
      guard let group = Int(exactly: groups[row]),
        try call.matching({ try own.firstMatch(in: source.buffer) }),
        let range = own.group(group)
      else { return }
      builder.write(source.part(range.lowerBound, range.upperBound))
    }
  }
}

extension Pattern {
  /// The group that a number or name in an array stands for.
  fileprivate func group(_ value: DynamicView) -> Int? {
    if let number = value.long {
      return number >= 0 && number <= Int64(captureCount) ? Int(number) : nil
    }
    return value.string.flatMap { group(named: String(decoding: $0, as: UTF8.self)) }
  }
}

extension Matcher {
  /// Writes the texts of groups at all matches; nothing where there is no match.
  fileprivate func writeAll(
    _ groups: [Int],
    of source: TextView,
    to writer: inout DynamicWriter
  ) throws {
    var matches: [[Range<Int>?]] = []
    try forEachMatch(in: source.buffer) { _ in
      matches.append(groups.map { self.group($0) })
      return true
    }
    if matches.isEmpty { return }
    writer.beginArray()
    for match in matches {
      if groups.count != 1 { writer.beginArray() }
      for range in match {
        writer.append(
          text: range.map { source.part($0.lowerBound, $0.upperBound) } ?? source.part(0, 0)
        )
      }
      if groups.count != 1 { writer.endArray() }
    }
    writer.endArray()
  }
}

import Columnar
import PatternMatching

// The string operators `contains`, `has`, `startswith` and their kin. A constant needle is
// prepared once and looked for in a whole column at a time.

extension ScalarFunction {
  static let textMatchingFamily: [ScalarFunction] =
    matchers(
      ["Contains", "NotContains", "ContainsCs", "NotContainsCs"],
      "contains",
      .contains,
      "holds",
      examples: ("PowerShell", "shell")
    )
    + matchers(
      ["Has", "NotHas", "HasCs", "NotHasCs"],
      "has",
      .hasTerm,
      "holds the term",
      examples: ("net user /add", "USER")
    )
    + matchers(
      ["HasPrefix", "NotHasPrefix", "HasPrefixCs", "NotHasPrefixCs"],
      "hasprefix",
      .hasPrefix,
      "has a term that starts with",
      examples: ("a Mimikatz dump", "mimi")
    )
    + matchers(
      ["HasSuffix", "NotHasSuffix", "HasSuffixCs", "NotHasSuffixCs"],
      "hassuffix",
      .hasSuffix,
      "has a term that ends with",
      examples: ("a Mimikatz dump", "KATZ")
    )
    + matchers(
      ["StartsWith", "NotStartsWith", "StartsWithCs", "NotStartsWithCs"],
      "startswith",
      .startsWith,
      "starts with",
      examples: ("cmd.exe", "CMD")
    )
    + matchers(
      ["EndsWith", "NotEndsWith", "EndsWithCs", "NotEndsWithCs"],
      "endswith",
      .endsWith,
      "ends with",
      examples: ("cmd.exe", ".EXE")
    )
    + [
      matcher("EqualTilde", "=~", TextTest(.equals), "equals", ("Cmd.exe", "cmd.EXE", true)),
      matcher(
        "BangTilde",
        "!~",
        TextTest(.equals, isNegated: true),
        "does not equal",
        ("Cmd.exe", "cmd.EXE", false)
      ),
    ]

  /// The four forms of an operator: whatever the case and minding it, each with its negation.
  private static func matchers(
    _ names: [String],
    _ symbol: String,
    _ mode: TextMatchMode,
    _ verb: String,
    examples: (text: String, needle: String)
  ) -> [ScalarFunction] {
    let (text, needle) = examples
    let isEqual = text.utf8.elementsEqual(needle.utf8)
    return names.enumerated().map { form, name in
      let isNegated = form % 2 == 1
      let ignoresCase = form < 2
      return matcher(
        name,
        (isNegated ? "!" : "") + symbol + (ignoresCase ? "" : "_cs"),
        TextTest(mode, ignoresCase: ignoresCase, isNegated: isNegated),
        isNegated ? "not: \(verb)" : verb,
        (text, needle, (ignoresCase || isEqual) != isNegated)
      )
    }
  }

  private static func matcher(
    _ name: String,
    _ symbol: String,
    _ test: TextTest,
    _ verb: String,
    _ example: (text: String, needle: String, result: Bool)
  ) -> ScalarFunction {
    let (text, needle, result) = example
    let how = test.ignoresCase ? "whatever the case" : "minding case"
    let needles = test.mode.looksForTerms ? "string" : "StringOrDynamic"
    return ScalarFunction(
      name,
      """
      left:StringOrDynamic right:\(needles)
      | left:StringOrDynamic@StarOnly right:\(needles)
      """,
      "Tells whether a text \(verb) another, \(how).",
      examples: [
        Example("print \"\(text)\" \(symbol) \"\(needle)\"", result ? "true" : "false"),
        Example("print \"a\" \(symbol) \"a\"", test.isNegated ? "false" : "true"),
      ],
      kernels: [
        ScalarKernel([.type(.string), .type(.string)], result: .bool) { test.evaluate($0) }
      ]
    )
  }
}

extension TextMatchMode {
  /// Whether the needle is a term or its start or end; such needles are strings.
  fileprivate var looksForTerms: Bool {
    self == .hasTerm || self == .hasPrefix || self == .hasSuffix
  }
}

/// A test of texts against a needle.
struct TextTest: Sendable {
  let mode: TextMatchMode
  let ignoresCase: Bool
  let isNegated: Bool

  init(_ mode: TextMatchMode, ignoresCase: Bool = true, isNegated: Bool = false) {
    self.mode = mode
    self.ignoresCase = ignoresCase
    self.isNegated = isNegated
  }

  func evaluate(_ call: KernelCall) -> Vector {
    let count = call.isConstant ? 1 : call.count
    let values = Buffer(byteCount: count)
    let target = values.values(UInt8.self)
    if case .string(let needle) = call.arguments[1].constant {
      let prepared = call.site.prepare(PreparedNeedle.self) {
        PreparedNeedle(needle.bytes, self)
      }
      call.arguments[0].withTextColumn(count: count) {
        TextSearch.search($0, for: prepared.needle, into: target)
      }
    } else {
      matchRows(call, count, target)
    }
    if isNegated {
      for row in 0..<count { target[row] ^= 1 }
    }
    return call.widened(
      Vector(type: .bool, count: count, layout: .fixed(FixedRows(values: values)))
    )
  }

  /// Tests each row against its own needle; equal needles in a row are prepared once.
  private func matchRows(_ call: KernelCall, _ count: Int, _ target: UnsafeMutablePointer<UInt8>) {
    let texts = TextReader(call.arguments[0])
    let needles = TextReader(call.arguments[1])
    var prepared: Needle?
    for row in 0..<count {
      let wanted = needles[row]
      let isSame = prepared.map { own in own.bytes.withTextView { $0.isEqual(wanted) } } ?? false
      let needle: Needle
      if isSame, let prepared {
        needle = prepared
      } else {
        needle = Needle(wanted.bytes, mode: mode, ignoresCase: ignoresCase)
        prepared = needle
      }
      target[row] = needle.matches(texts[row].buffer) ? 1 : 0
    }
  }
}

/// A needle kept by a call site.
private final class PreparedNeedle {
  let needle: Needle

  init(_ bytes: [UInt8], _ test: TextTest) {
    needle = Needle(bytes, mode: test.mode, ignoresCase: test.ignoresCase)
  }
}

extension Vector {
  /// Lends string rows to the search kernels; a constant is one row.
  func withTextColumn<Result>(
    count: Int,
    _ body: (TextColumn) throws -> Result
  ) rethrows -> Result {
    let single = constant == nil ? self : Vector(type: type, count: 1, layout: layout)
    guard case .text(let rows) = single.flattened().layout else {
      unreachable("a string argument has string rows")
    }
    return try withExtendedLifetime(rows) {
      let views = UnsafeBufferPointer(start: rows.base, count: constant == nil ? count : 1)
      return try body(TextColumn(heap: rows.heapBase, views: views))
    }
  }
}

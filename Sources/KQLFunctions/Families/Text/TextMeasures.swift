import Columnar
import PatternMatching

// Lengths, order and kinds of text. Positions and lengths count code points.

extension ScalarFunction {
  static let textMeasureFamily: [ScalarFunction] = [
    strlen, stringSize, strcmp, isASCII, isUTF8,
  ]

  static let strlen = ScalarFunction(
    "strlen",
    "string:StringOrDynamic",
    naming: .nameAndFirstArgument,
    "Counts the characters of a text.",
    examples: [Example("print strlen(\"naïve\")", "5"), Example("print strlen(\"😀\")", "1")],
    kernels: [.map { (text: TextView) in Int64(UTF8Text.scalarCount(text.buffer)) }]
  )

  static let stringSize = ScalarFunction(
    "string_size",
    "string:StringOrDynamic",
    naming: .nameAndFirstArgument,
    "Counts the bytes of a text in UTF-8.",
    examples: [
      Example("print string_size(\"naïve\")", "6"), Example("print string_size(\"\")", "0"),
    ],
    kernels: [.map { (text: TextView) in Int64(text.count) }]
  )

  static let strcmp = ScalarFunction(
    "strcmp",
    "s1 s2",
    "Compares two texts by their bytes: -1, 0 or 1 as the first is less, equal or greater.",
    examples: [
      Example("print strcmp(\"ABC\", \"abc\")", "-1"), Example("print strcmp(\"b\", \"a\")", "1"),
    ],
    kernels: [
      .map { (left: TextView, right: TextView) in Int64(left.compare(right).signum()) }
    ].withAnyScalar
  )

  static let isASCII = ScalarFunction(
    "isascii",
    "value",
    "Tells whether a text has only ASCII characters.",
    examples: [
      Example("print isascii(\"abc\")", "true"), Example("print isascii(\"é\")", "false"),
    ],
    kernels: [.map { (text: TextView) in UTF8Text.isASCII(text.buffer) }].withAnyScalar
  )

  static let isUTF8 = ScalarFunction(
    "isutf8",
    "value",
    "Tells whether a text is valid UTF-8.",
    examples: [Example("print isutf8(\"é\")", "true"), Example("print isutf8(\"\")", "true")],
    kernels: [.map { (text: TextView) in UTF8Text.isValid(text.buffer) }].withAnyScalar
  )
}

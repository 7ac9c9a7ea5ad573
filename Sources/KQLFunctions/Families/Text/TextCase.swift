import Columnar
import PatternMatching

// Functions from a text to a text of the same characters.

extension ScalarFunction {
  static let textCaseFamily: [ScalarFunction] = [toLower, toUpper, reverse]

  static let toLower = ScalarFunction(
    "tolower",
    "value",
    "Converts a text to lower case.",
    examples: [
      Example("print tolower(\"PowerShell\")", "powershell"),
      Example("print tolower(\"ÄÖ\")", "äö"),
    ],
    kernels: [
      .text { (text: TextView, out: TextBuilder) in
        out.writeCased(
          text,
          ascii: CaseConversion.lowercaseASCII,
          other: CaseConversion.appendLowercased
        )
      }
    ].withAnyScalar
  )

  static let toUpper = ScalarFunction(
    "toupper",
    "value",
    "Converts a text to upper case.",
    examples: [
      Example("print toupper(\"cmd.exe\")", "CMD.EXE"),
      Example("print toupper(\"straße\")", "STRAßE"),
    ],
    kernels: [
      .text { (text: TextView, out: TextBuilder) in
        out.writeCased(
          text,
          ascii: CaseConversion.uppercaseASCII,
          other: CaseConversion.appendUppercased
        )
      }
    ].withAnyScalar
  )

  static let reverse = ScalarFunction(
    "reverse",
    "value",
    "Reverses the characters of a text.",
    examples: [
      Example("print reverse(\"abc\")", "cba"), Example("print reverse(12345)", "54321"),
    ],
    kernels: [
      .text { (text: TextView, out: TextBuilder) in
        var reversed: [UInt8] = []
        UTF8Text.appendReversed(text.buffer, to: &reversed)
        out.write(reversed)
      }
    ].withAnyScalar
  )
}

extension TextBuilder {
  /// Writes ASCII text through the fast conversion and other text through the slow one.
  fileprivate func writeCased(
    _ text: TextView,
    ascii: (UnsafeBufferPointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Bool,
    other: (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Void
  ) {
    var isDone = false
    write(atMost: text.count) { target in
      isDone = ascii(text.buffer, target)
      return isDone ? text.count : 0
    }
    if isDone { return }
    var converted: [UInt8] = []
    other(text.buffer, &converted)
    write(converted)
  }
}

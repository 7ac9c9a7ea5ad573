import Columnar
import PatternMatching

extension ScalarFunction {
  static let codePointFamily: [ScalarFunction] = [codePointsFromString, codePointsToString]

  static let codePointsFromString = ScalarFunction(
    "unicode_codepoints_from_string",
    aliases: [.obsolete("to_utf8")],
    "value",
    "Returns the code points of a text as an array.",
    examples: [
      Example("print unicode_codepoints_from_string(\"aé\")", "[97,233]"),
      Example("print unicode_codepoints_from_string(\"\")", "[]"),
    ],
    kernels: [
      .dynamic { (text: TextView, writer: inout DynamicWriter) in
        writer.beginArray()
        var offset = 0
        while offset < text.count {
          let scalar = UTF8Scalar(at: offset, in: text.buffer)
          let isValid = scalar.value < UTF8Scalar.invalidBase
          writer.append(long: isValid ? Int64(scalar.value) : 0xFFFD)
          offset &+= scalar.width
        }
        writer.endArray()
      }
    ].withAnyScalar
  )

  static let codePointsToString = ScalarFunction(
    "unicode_codepoints_to_string",
    aliases: [.obsolete("make_string")],
    "value:IntegerOrArray*1...",
    "Makes a text of code points and arrays of code points.",
    examples: [
      Example("print unicode_codepoints_to_string(75, 117)", "Ku"),
      Example("print unicode_codepoints_to_string(dynamic([75, 117]), 33)", "Ku!"),
    ],
    kernels: [
      ScalarKernel([.any], minimumCount: 1, isVariadic: true, result: .string) { call in
        let readers = try call.arguments.map { try CodePoints($0, call) }
        return try liftText(call) { builder in
          { row in for reader in readers { reader.write(row, to: builder) } }
        }
      }
    ]
  )
}

/// An argument that gives code points.
private enum CodePoints {
  case numbers(FixedReader<Int64>)
  case arrays(DynamicReader)

  init(_ vector: Vector, _ call: KernelCall) throws {
    if vector.type == .dynamic {
      self = .arrays(DynamicReader(vector))
    } else {
      self = .numbers(FixedReader(try vector.promoted(to: .long)))
    }
  }

  func write(_ row: Int, to builder: TextBuilder) {
    switch self {
    case .numbers(let reader): builder.write(codePoint: reader[row])
    case .arrays(let reader):
      let value = reader[row]
      if let number = value.long { builder.write(codePoint: number) }
      for element in value.elements {
        if let number = element.long { builder.write(codePoint: number) }
      }
    }
  }
}

extension TextBuilder {
  /// Writes a code point in UTF-8; what is none writes U+FFFD.
  func write(codePoint: Int64) {
    let number = UInt32(exactly: codePoint) ?? 0xFFFD
    let scalar = Unicode.Scalar(number) ?? "\u{FFFD}"
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { write(byte: byte) }
  }
}

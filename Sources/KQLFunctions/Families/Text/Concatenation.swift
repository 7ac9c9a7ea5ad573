import Columnar
import PatternMatching

extension ScalarFunction {
  static let concatenationFamily: [ScalarFunction] = [strcat, strcatDelim, strrep]

  static let strcat = ScalarFunction(
    "strcat",
    "arg*1...64",
    "Joins values of any type into one text; nulls add nothing.",
    examples: [
      Example("print strcat(\"a\", 1, true)", "a1True"),
      Example("print strcat(\"a\", long(null))", "a"),
    ],
    kernels: [
      ScalarKernel([.any], minimumCount: 1, isVariadic: true, result: .string) { call in
        try join(call, call.arguments[...], delimiter: nil)
      }
    ]
  )

  static let strcatDelim = ScalarFunction(
    "strcat_delim",
    "delimiter arg*2...64",
    "Joins values of any type into one text with a delimiter between them.",
    examples: [
      Example("print strcat_delim(\"-\", \"a\", 1, true)", "a-1-True"),
      Example("print strcat_delim(\"/\", \"a\", \"\")", "a/"),
    ],
    kernels: [
      ScalarKernel([.any, .any], minimumCount: 2, isVariadic: true, result: .string) { call in
        try join(call, call.arguments.dropFirst(), delimiter: call.arguments[0])
      }
    ]
  )

  static let strrep = ScalarFunction(
    "strrep",
    "value multiplier:long delimiter?",
    "Repeats a value up to 1,024 times, with a delimiter between.",
    examples: [
      Example("print strrep(\"ABC\", 2)", "ABCABC"),
      Example("print strrep(123, 3, \".\")", "123.123.123"),
    ],
    kernels: [
      .text { (value: TextView, count: Int64, out: TextBuilder) in
        for _ in 0..<max(0, min(count, 1024)) { out.write(value) }
      },
      .text { (value: TextView, count: Int64, delimiter: TextView, out: TextBuilder) in
        for number in 0..<max(0, min(count, 1024)) {
          if number > 0 { out.write(delimiter) }
          out.write(value)
        }
      },
    ].withAnyScalar
  )
}

/// Joins the texts of each row; nulls are empty texts here, so no row is null.
private func join(
  _ call: KernelCall,
  _ parts: ArraySlice<Vector>,
  delimiter: Vector?
) throws -> Vector {
  let count = call.isConstant ? 1 : call.count
  let readers = try parts.map { TextReader(try $0.stringified(call)) }
  let between = try delimiter.map { TextReader(try $0.stringified(call)) }
  let builder = TextBuilder(capacity: count, heapCapacity: count &* 16)
  for row in 0..<count {
    for (number, reader) in readers.enumerated() {
      if number > 0, let between { builder.write(between[row]) }
      builder.write(reader[row])
    }
    builder.endRow()
  }
  return call.widened(builder.finish())
}

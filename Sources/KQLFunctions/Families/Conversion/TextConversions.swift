import Columnar

extension ScalarFunction {
  /// Conversions to text, and the names of types.
  static let textConversionFamily: [ScalarFunction] = [toString, toHex, getType, joinArray]

  static let toString = ScalarFunction(
    "tostring",
    "value:Scalar",
    naming: .firstArgument,
    "Converts to text; null becomes the empty text.",
    examples: [
      Example("print tostring(1.0)", "1.0"),
      Example("print tostring(26h)", "1.02:00:00"),
    ],
    kernels: [
      ScalarKernel([.type(.string)], result: .string) { $0.arguments[0] },
      .printing { (value: Bool, sink) in sink.append(value ? "True" : "False") },
      .printing { (value: Int32, sink) in sink.append(long: Int64(value)) },
      .printing { (value: Int64, sink) in sink.append(long: value) },
      .printing { (value: Double, sink) in sink.append(real: value) },
      .printing { (value: Decimal128, sink) in sink.append(decimal: value) },
      .printing { (value: DateTime, sink) in sink.append(datetime: value) },
      .printing { (value: TimeSpan, sink) in sink.append(timespan: value) },
      .printing { (value: GUID, sink) in sink.append(guid: value) },
      .printing { (value: DynamicView, sink) in value.writeText(into: &sink) },
    ]
  )

  static let toHex = ScalarFunction(
    "tohex",
    "value minLength?",
    naming: .firstArgument,
    "Prints a whole number in hexadecimal digits, negative ones in two's complement.",
    examples: [
      Example("print tohex(256)", "100"),
      Example("print tohex(256, 8)", "00000100"),
    ],
    kernels: [
      .printing { (value: Int32, sink) in
        appendHex(UInt64(UInt32(bitPattern: value)), atLeast: 1, &sink)
      },
      .printing { (value: Int64, sink) in
        appendHex(UInt64(bitPattern: value), atLeast: 1, &sink)
      },
      .printing { (value: Int32, length: Int64, sink) in
        appendHex(UInt64(UInt32(bitPattern: value)), atLeast: length, &sink)
      },
      .printing { (value: Int64, length: Int64, sink) in
        appendHex(UInt64(bitPattern: value), atLeast: length, &sink)
      },
    ]
  )

  private static func appendHex(_ value: UInt64, atLeast length: Int64, _ sink: inout ByteSink) {
    let digits = max(1, (67 &- value.leadingZeroBitCount) / 4)
    for _ in 0..<max(0, min(length, 1024) &- Int64(digits)) { sink.append(UInt8(ascii: "0")) }
    for place in stride(from: digits &- 1, through: 0, by: -1) {
      let digit = UInt8(truncatingIfNeeded: value &>> UInt64(place &* 4)) & 15
      sink.append(digit < 10 ? digit &+ UInt8(ascii: "0") : digit &+ (UInt8(ascii: "a") &- 10))
    }
  }

  static let getType = ScalarFunction(
    "gettype",
    "value",
    naming: .prefixed("type"),
    "Names the type of a value; of a dynamic value, what it holds.",
    examples: [
      Example("print gettype(1.0)", "real"),
      Example("print gettype(dynamic({\"a\": 1}))", "dictionary"),
    ],
    kernels: [
      ScalarKernel([.type(.dynamic)], result: .string) { call in
        let rows = call.isConstant ? 1 : call.count
        let values = DynamicReader(call.arguments[0])
        let builder = TextBuilder(capacity: rows)
        for row in 0..<rows { builder.append(Array(values[row].kind.typeName.utf8)) }
        return call.widened(builder.finish())
      },
      ScalarKernel([.any], result: .string) { call in
        let name = ByteString(call.arguments[0].type.name)
        return Vector(constant: .string(name), count: call.count)
      },
    ]
  )

  static let joinArray = ScalarFunction(
    "strcat_array",
    aliases: ["array_strcat"],
    "array:DynamicArray delimiter:Scalar",
    "Joins the elements of an array to one text.",
    examples: [
      Example("print strcat_array(dynamic([1, 2, 3]), \"-\")", "1-2-3"),
      Example("print strcat_array(dynamic([\"a\", null]), \"|\")", "a|"),
    ],
    kernels: [
      .printing { (array: DynamicView, delimiter: TextView, sink) in
        for (index, element) in array.elements.enumerated() {
          if index > 0 { sink.append(delimiter.buffer) }
          element.writeText(into: &sink)
        }
      }
    ]
  )
}

extension DynamicKind {
  /// The name that `gettype` gives a dynamic value of the kind.
  var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .long: "long"
    case .real: "double"
    case .string: "string"
    case .datetime: "datetime"
    case .timespan: "timespan"
    case .guid: "guid"
    case .decimal: "decimal"
    case .array: "array"
    case .bag: "dictionary"
    }
  }
}

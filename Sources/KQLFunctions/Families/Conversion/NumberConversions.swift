import Columnar

extension ScalarFunction {
  /// Conversions to numbers and truth values; what cannot be converted is null.
  static let numberConversionFamily: [ScalarFunction] = [
    toLong, toInt, toReal, toDecimal, toBool,
  ]

  static let toLong = ScalarFunction(
    "tolong",
    "value",
    naming: .firstArgument,
    "Converts to a long; texts are digits with a sign, or 0x and hexadecimal.",
    examples: [
      Example("print tolong(\"42\")", "42"),
      Example("print tolong(\"4.2\")", "null"),
    ],
    kernels: [
      .map { (value: Int64) in value },
      .map { (value: Int32) in Int64(value) },
      ScalarKernel([.type(.real)], result: .long) { call in
        // The engine folds constants by the machine's conversion, which turns what is too large
        // into the least number; over rows it saturates.
        let isFolded = call.isConstant
        return try liftFixed(call) {
          let values = FixedReader<Double>(call.arguments[0])
          return { row in
            let value = values[row]
            return isFolded && value >= 0x1p63 ? Int64.min : value.truncatedLong
          }
        }
      },
      .map { (value: Decimal128) in Int64(value) },
      .map { (value: TextView) in NumberParsing.long(value.buffer) },
      .map { (value: Bool) -> Int64 in value ? 1 : 0 },
      .map { (value: DateTime) in value.ticks },
      .map { (value: TimeSpan) in value.ticks },
      .map { (value: DynamicView) in value.convertedLong },
      nullKernel(Int64.self),
    ]
  )

  static let toInt = ScalarFunction(
    "toint",
    "value",
    naming: .firstArgument,
    "Converts to an int; a long keeps its low 32 bits.",
    examples: [
      Example("print toint(2.9)", "2"),
      Example("print toint(\"12 apples\")", "null"),
    ],
    kernels: [
      .map { (value: Int32) in value },
      .map { (value: Int64) in Int32(truncatingIfNeeded: value) },
      .map { (value: Double) in value.truncatedInt },
      .map { (value: Decimal128) in Int64(value).map { Int32(truncatingIfNeeded: $0) } },
      .map { (value: TextView) in value.int },
      .map { (value: Bool) -> Int32 in value ? 1 : 0 },
      .map { (value: DateTime) in Int32(truncatingIfNeeded: value.ticks) },
      .map { (value: TimeSpan) in Int32(truncatingIfNeeded: value.ticks) },
      .map { (value: DynamicView) in value.convertedInt },
      nullKernel(Int32.self),
    ]
  )

  static let toReal = ScalarFunction(
    "toreal",
    aliases: ["todouble"],
    "value",
    naming: .firstArgument,
    "Converts to a real.",
    examples: [
      Example("print todouble(\"1e3\")", "1000.0"),
      Example("print todouble(\"1_000\")", "null"),
    ],
    kernels: [
      .map { (value: Double) in value },
      .map { (value: Int32) in Double(value) },
      .map { (value: Int64) in Double(value) },
      .map { (value: Decimal128) in Double(value) },
      .map { (value: TextView) in NumberParsing.real(value.buffer) },
      .map { (value: Bool) -> Double in value ? 1 : 0 },
      .map { (value: DateTime) in Double(value.ticks) },
      .map { (value: TimeSpan) in Double(value.ticks) },
      .map { (value: DynamicView) in value.convertedReal },
      nullKernel(Double.self),
    ]
  )

  static let toDecimal = ScalarFunction(
    "todecimal",
    "value",
    naming: .firstArgument,
    "Converts to a decimal number.",
    examples: [
      Example("print todecimal(\"1.50\")", "1.50"),
      Example("print todecimal(\"one\")", "null"),
    ],
    kernels: [
      .map { (value: Decimal128) in value },
      .map { (value: Int32) in Decimal128(Int64(value)) },
      .map { (value: Int64) in Decimal128(value) },
      .map { (value: Double) in Decimal128(value) },
      .map { (value: TextView) in Decimal128(parsing: value.buffer) },
      .map { (value: Bool) in Decimal128(value ? Int64(1) : 0) },
      .map { (value: DateTime) in Decimal128(value.ticks) },
      .map { (value: TimeSpan) in Decimal128(value.ticks) },
      .map { (value: DynamicView) in value.convertedDecimal },
      nullKernel(Decimal128.self),
    ]
  )

  static let toBool = ScalarFunction(
    "tobool",
    aliases: ["toboolean"],
    "value",
    naming: .firstArgument,
    "Converts to a truth value; numbers other than 0 are true.",
    examples: [
      Example("print tobool(\"TRUE\")", "true"),
      Example("print tobool(\"yes\")", "null"),
    ],
    kernels: [
      .map { (value: Bool) in value },
      .map { (value: Int32) in value != 0 },
      .map { (value: Int64) in value != 0 },
      .map { (value: Double) in value != 0 },
      .map { (value: Decimal128) in !value.isZero },
      .map { (value: TextView) in value.bool },
      .map { (value: DynamicView) in value.convertedBool },
      nullKernel(Bool.self),
    ]
  )

  /// The conversion of the types that have none: null in every row.
  static func nullKernel<Value: FixedWidthValue>(_: Value.Type) -> ScalarKernel {
    let type = Value.scalarType
    return ScalarKernel([.any], result: type) { call in
      Vector(constant: .null(type), count: call.count)
    }
  }
}

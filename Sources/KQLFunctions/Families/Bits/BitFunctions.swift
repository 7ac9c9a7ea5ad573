import Columnar

extension ScalarFunction {
  /// Bits of whole numbers.
  static let bitFamily: [ScalarFunction] = [
    binaryAnd, binaryOr, binaryXor, binaryNot, binaryShiftLeft, binaryShiftRight, countOnes,
  ]

  static let binaryAnd = ScalarFunction(
    "binary_and",
    "value1 value2",
    naming: .firstArgument,
    "Combines bits by and.",
    examples: [Example("print binary_and(12, 10)", "8"), Example("print binary_and(7, 0)", "0")],
    kernels: [.map { (a: Int64, b: Int64) -> Int64 in a & b }]
  )

  static let binaryOr = ScalarFunction(
    "binary_or",
    "value1 value2",
    naming: .firstArgument,
    "Combines bits by or.",
    examples: [Example("print binary_or(12, 10)", "14"), Example("print binary_or(7, 0)", "7")],
    kernels: [.map { (a: Int64, b: Int64) -> Int64 in a | b }]
  )

  static let binaryXor = ScalarFunction(
    "binary_xor",
    "value1 value2",
    naming: .firstArgument,
    "Combines bits by exclusive or.",
    examples: [Example("print binary_xor(12, 10)", "6"), Example("print binary_xor(7, 7)", "0")],
    kernels: [.map { (a: Int64, b: Int64) -> Int64 in a ^ b }]
  )

  static let binaryNot = ScalarFunction(
    "binary_not",
    "value",
    naming: .firstArgument,
    "Turns all bits around.",
    examples: [Example("print binary_not(0)", "-1"), Example("print binary_not(100)", "-101")],
    kernels: [.map { (a: Int64) -> Int64 in ~a }]
  )

  static let binaryShiftLeft = ScalarFunction(
    "binary_shift_left",
    "value shift",
    naming: .firstArgument,
    "Moves bits to the left by a count modulo 64; null for a negative count.",
    examples: [
      Example("print binary_shift_left(1, 4)", "16"),
      Example("print binary_shift_left(1, -1)", "null"),
    ],
    kernels: [.map { (a: Int64, by: Int64) -> Int64? in by < 0 ? nil : a &<< by }]
  )

  static let binaryShiftRight = ScalarFunction(
    "binary_shift_right",
    "value shift",
    naming: .firstArgument,
    "Moves bits to the right by a count modulo 64; null for a negative count.",
    examples: [
      Example("print binary_shift_right(16, 4)", "1"),
      Example("print binary_shift_right(16, -1)", "null"),
    ],
    kernels: [.map { (a: Int64, by: Int64) -> Int64? in by < 0 ? nil : a &>> by }]
  )

  static let countOnes = ScalarFunction(
    "bitset_count_ones",
    "value",
    naming: .firstArgument,
    "Counts the bits that are set.",
    examples: [
      Example("print bitset_count_ones(42)", "3"), Example("print bitset_count_ones(-1)", "64"),
    ],
    kernels: [.map { (a: Int64) -> Int64 in Int64(a.nonzeroBitCount) }]
  )
}

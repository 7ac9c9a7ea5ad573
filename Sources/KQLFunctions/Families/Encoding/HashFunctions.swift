import Columnar

// xxHash64 with seed 0: of the bytes of a text, and of the eight bytes of whole numbers and times.

extension ScalarFunction {
  static let hashFamily: [ScalarFunction] = [hash, hashXXHash64]

  static let hash = ScalarFunction(
    "hash",
    "source:NotDynamic mod?",
    "Hashes a value to a number, or to one from 0 up to a divisor.",
    examples: [
      Example("print hash(\"World\")", "1846988464401551951"),
      Example("print hash(\"World\", 100)", "51"),
    ],
    kernels: hashKernels
  )

  static let hashXXHash64 = ScalarFunction(
    "hash_xxhash64",
    "source:NotDynamic mod?",
    "Hashes a value to a number by xxHash64, or to one from 0 up to a divisor.",
    examples: [
      Example("print hash_xxhash64(\"Hello\")", "753694413698530628"),
      Example("print hash_xxhash64(\"World\", 100)", "51"),
    ],
    kernels: hashKernels
  )
}

private let hashKernels: [ScalarKernel] = [
  .map { (text: TextView) in signed(XXHash64.hash(text.buffer)) },
  .map { (text: TextView, mod: Int64) in reduced(XXHash64.hash(text.buffer), mod) },
  .map { (value: Int64) in signed(XXHash64.hash(value)) },
  .map { (value: Int64, mod: Int64) in reduced(XXHash64.hash(value), mod) },
  .map { (value: DateTime) in signed(XXHash64.hash(value.ticks)) },
  .map { (value: DateTime, mod: Int64) in reduced(XXHash64.hash(value.ticks), mod) },
  .map { (value: TimeSpan) in signed(XXHash64.hash(value.ticks)) },
  .map { (value: TimeSpan, mod: Int64) in reduced(XXHash64.hash(value.ticks), mod) },
]

private func signed(_ hash: UInt64) -> Int64 { Int64(bitPattern: hash) }

/// The rest of the signed hash that is never negative; null for a divisor below 1.
private func reduced(_ hash: UInt64, _ mod: Int64) -> Int64? {
  guard mod > 0 else { return nil }
  let rest = signed(hash) % mod
  return rest < 0 ? rest &+ mod : rest
}

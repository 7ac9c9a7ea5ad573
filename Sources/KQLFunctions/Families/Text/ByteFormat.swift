import Columnar

extension ScalarFunction {
  static let byteFormatFamily: [ScalarFunction] = [formatBytes]

  static let formatBytes = ScalarFunction(
    "format_bytes",
    "size precision:Number@Constant? format@Constant?",
    naming: .firstArgument,
    "Writes a number of bytes in units of 1,024, chosen by size or given.",
    examples: [
      Example("print format_bytes(10332, 1)", "10.1 KB"),
      Example("print format_bytes(20010332, 0, \"KB\")", "19541 KB"),
    ],
    kernels: [
      ScalarKernel(
        [.type(.real), .type(.long), .type(.string)],
        minimumCount: 1,
        result: .string
      ) { call in
        try liftText(call) { builder in
          let sizes = FixedReader<Double>(call.arguments[0])
          let digits = call.arguments.count > 1 ? FixedReader<Int64>(call.arguments[1]) : nil
          let units = call.arguments.count > 2 ? TextReader(call.arguments[2]) : nil
          return { row in
            let precision = digits.map { max(0, min($0[row], 15)) } ?? 0
            builder.write(Array(text(sizes[row], Int(precision), units?[row]).utf8))
          }
        }
      }
    ]
  )
}

private let unitNames: [StaticString] = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"]

/// The number rounded half away from zero, without zeros at its end, and its unit; an unknown
/// unit gives an empty text.
private func text(_ size: Double, _ precision: Int, _ wanted: TextView?) -> String {
  guard size.isFinite else { return "" }
  var unit = 0
  var number = size
  if let wanted, wanted.count > 0 {
    guard let place = unitNames.firstIndex(where: { wanted.isEqual($0) }) else { return "" }
    while unit < place {
      number /= 1024
      unit += 1
    }
  } else {
    while number.magnitude >= 1024, unit < unitNames.count - 1 {
      number /= 1024
      unit += 1
    }
  }
  return "\(rounded(number, precision)) \(unitNames[unit])"
}

/// The digits of a number rounded to some decimals.
private func rounded(_ number: Double, _ precision: Int) -> String {
  var scale = 1.0
  for _ in 0..<precision { scale *= 10 }
  let scaled = (number.magnitude * scale).rounded(.toNearestOrAwayFromZero)
  guard let whole = UInt64(exactly: scaled) else { return "\(number)" }
  let divisor = UInt64(exactly: scale) ?? 1
  var fraction = String(whole % divisor)
  while fraction.utf8.count < precision { fraction = "0" + fraction }
  while fraction.utf8.last == 0x30 { fraction.removeLast() }
  let sign = number < 0 && whole > 0 ? "-" : ""
  let decimals = precision == 0 || fraction.isEmpty ? "" : "." + fraction
  return sign + String(whole / divisor) + decimals
}

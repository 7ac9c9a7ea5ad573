import Columnar

extension ScalarFunction {
  /// Texts of times in a given form.
  static let timeFormatFamily: [ScalarFunction] = [formatDateTime, formatTimeSpan]

  static let formatDateTime = ScalarFunction(
    "format_datetime",
    "date format@LiteralNotEmpty",
    naming: .firstArgument,
    "Prints an instant in a form made of y, M, d, H, h, m, s, f, F, tt and delimiters.",
    examples: [
      Example("print format_datetime(datetime(2024-05-09 13:04:05), 'yyyy-MM-dd')", "2024-05-09"),
      Example("print format_datetime(datetime(2024-05-09 13:04:05), 'h:mm tt')", "1:04 PM"),
    ],
    kernels: [
      ScalarKernel([.type(.datetime), .type(.string)], result: .string) { call in
        let prepared = try PreparedFormat.of(call) { TimeFormat(datetime: $0) }
        return try ScalarKernel.liftPrinted(call) {
          let dates = FixedReader<DateTime>(call.arguments[0])
          let formats = TextReader(call.arguments[1])
          return { row, sink in
            let format =
              try prepared
              ?? PreparedFormat(formats[row], call) {
                TimeFormat(datetime: $0)
              }
            sink.append(datetime: dates[row], format: format.format)
          }
        }
      }
    ]
  )

  static let formatTimeSpan = ScalarFunction(
    "format_timespan",
    "timespan format@LiteralNotEmpty",
    naming: .firstArgument,
    "Prints a time span in a form made of d, H, h, m, s, f, F and delimiters.",
    examples: [
      Example("print format_timespan(26h, 'd.hh:mm')", "1.02:00"),
      Example("print format_timespan(-90s, 'mm:ss')", "-01:30"),
    ],
    kernels: [
      ScalarKernel([.type(.timespan), .type(.string)], result: .string) { call in
        let prepared = try PreparedFormat.of(call) { TimeFormat(timespan: $0) }
        return try ScalarKernel.liftPrinted(call) {
          let spans = FixedReader<TimeSpan>(call.arguments[0])
          let formats = TextReader(call.arguments[1])
          return { row, sink in
            let format =
              try prepared
              ?? PreparedFormat(formats[row], call) {
                TimeFormat(timespan: $0)
              }
            sink.append(timespan: spans[row], format: format.format)
          }
        }
      }
    ]
  )
}

/// A format that was read once for a call site.
private final class PreparedFormat {
  let format: TimeFormat

  init(
    _ text: TextView,
    _ call: KernelCall,
    _ read: (UnsafeBufferPointer<UInt8>) -> TimeFormat?
  ) throws {
    guard let format = read(text.buffer) else {
      throw QueryFailure(
        .evaluation,
        "'\(String(decoding: text.buffer, as: UTF8.self))' is no time format: "
          + "it has specifiers other than y M d H h m s f F tt or unusual delimiters",
        range: call.site.range
      )
    }
    self.format = format
  }

  /// Reads a constant format once; nil where it depends on the row.
  static func of(
    _ call: KernelCall,
    _ read: (UnsafeBufferPointer<UInt8>) -> TimeFormat?
  ) throws -> PreparedFormat? {
    guard case .string(let text) = call.arguments[1].constant else { return nil }
    return try call.site.prepare(PreparedFormat.self) {
      try text.bytes.withTextView { try PreparedFormat($0, call, read) }
    }
  }
}

import Columnar

extension ScalarFunction {
  static let rangeFamily: [ScalarFunction] = [range]

  static let range = ScalarFunction(
    "range",
    "start:Summable stop:Summable step:Summable? -> Parameter0Array",
    "Makes an array of equally spaced numbers or times, the end included where it is hit.",
    examples: [
      Example("print range(1, 8, 3)", "[1,4,7]"),
      Example("print range(3, 1)", "[]"),
    ],
    kernels: [
      .dynamic([.type(.long), .type(.long), .type(.long)], minimumCount: 2) {
        arguments,
        writer in
        let step = arguments.count > 2 ? arguments[2].long : 1
        guard let start = arguments[0].long, let stop = arguments[1].long, let step else { return }
        writer.appendSteps(start, stop, step) { $1.append(long: $0) }
      },
      .dynamic([.type(.real), .type(.real), .type(.real)], minimumCount: 2) {
        arguments,
        writer in
        let step = arguments.count > 2 ? arguments[2].number : 1
        guard let start = arguments[0].number, let stop = arguments[1].number, let step else {
          return
        }
        writer.appendSteps(start, stop, step)
      },
      .dynamic([.type(.datetime), .type(.datetime), .type(.timespan)], minimumCount: 2) {
        arguments,
        writer in
        let step = arguments.count > 2 ? arguments[2].timespan?.ticks : TimeSpan.ticksPerHour
        guard let start = arguments[0].datetime, let stop = arguments[1].datetime, let step else {
          return
        }
        writer.appendSteps(start.ticks, stop.ticks, step) {
          $1.append(datetime: DateTime(ticks: $0))
        }
      },
      .dynamic([.type(.timespan), .type(.timespan), .type(.timespan)], minimumCount: 2) {
        arguments,
        writer in
        let step = arguments.count > 2 ? arguments[2].timespan?.ticks : TimeSpan.ticksPerHour
        guard let start = arguments[0].timespan, let stop = arguments[1].timespan, let step else {
          return
        }
        writer.appendSteps(start.ticks, stop.ticks, step) {
          $1.append(timespan: TimeSpan(ticks: $0))
        }
      },
    ]
  )
}

extension DynamicWriter {
  /// Appends the whole numbers from a start up or down to an end; nothing for a step of 0.
  fileprivate mutating func appendSteps(
    _ start: Int64,
    _ stop: Int64,
    _ step: Int64,
    _ write: (Int64, inout DynamicWriter) -> Void
  ) {
    guard step != 0 else { return }
    beginArray()
    var value = start
    var count = 0
    while step > 0 ? value <= stop : value >= stop, count < CollectionRule.maximum {
      write(value, &self)
      count += 1
      let (next, overflow) = value.addingReportingOverflow(step)
      if overflow { break }
      value = next
    }
    endArray()
  }

  /// Appends reals from a start up or down to an end; each is computed from the start, so that
  /// errors do not add up.
  fileprivate mutating func appendSteps(_ start: Double, _ stop: Double, _ step: Double) {
    guard step != 0, start.isFinite, step.isFinite, !stop.isNaN else { return }
    beginArray()
    var count = 0
    var value = start
    while step > 0 ? value <= stop : value >= stop, count < CollectionRule.maximum {
      append(real: value)
      count += 1
      value = start + Double(count) * step
    }
    endArray()
  }
}

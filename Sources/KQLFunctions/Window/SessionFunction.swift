import Columnar

extension WindowFunction {
  static let sessionFamily: [WindowFunction] = [session]

  static let session = WindowFunction(
    "row_window_session",
    """
    expr:datetime maxDistanceFromFirst:timespan maxDistanceBetweenNeighbors:timespan restart:bool?
      -> Parameter0
    """,
    "Returns the first time of the session that a row belongs to: a new one begins where a time "
      + "is too far from the first of the session or from the one before, after null, or where "
      + "restart is true.",
    examples: [
      Example(
        "print t = datetime(2024-01-01) | serialize s = row_window_session(t, 1h, 5m) "
          + "| project d = s - t",
        "00:00:00"
      )
    ]
  ) { call in
    let times = FixedReader<DateTime>(call.arguments[0])
    let nulls = call.arguments[0].nullRows()
    let fromFirst = distance(call.arguments[1])
    let fromNeighbour = distance(call.arguments[2])
    let restart = RestartRows(call, at: 3)
    let results = FixedBuilder<DateTime>(capacity: call.count)
    var last: (first: DateTime, previous: DateTime)?
    for row in 0..<call.count {
      if let nulls, nulls.base[row] != 0 {
        last = nil
        results.appendNull()
        continue
      }
      let time = times[row]
      var first = time
      if let last, !restart[row], time.ticks &- last.first.ticks < fromFirst,
        time.ticks &- last.previous.ticks < fromNeighbour
      {
        first = last.first
      }
      results.append(first)
      last = (first, time)
    }
    return results.finish()
  }

  /// Ticks; without bound where it is null.
  private static func distance(_ vector: Vector) -> Int64 {
    guard vector.count > 0, case .timespan(let span) = vector.scalar(at: 0) else { return .max }
    return span.ticks
  }
}

/// The style at each offset of a text, asked for in ascending order.
struct StyleRuns {
  private let ranges: [StyledRange]
  private var next = 0

  /// Sorts ranges; where they overlap the one that starts first holds, and what lies outside the
  /// text is never asked for.
  init(_ ranges: [StyledRange]) {
    self.ranges = ranges.filter { !$0.range.isEmpty }
      .sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The style at an offset that is not below the one asked for before.
  mutating func style(at offset: Int) -> TextStyle {
    while next < ranges.count, ranges[next].range.upperBound <= offset { next += 1 }
    guard next < ranges.count, ranges[next].range.lowerBound <= offset else { return .plain }
    return ranges[next].style
  }
}

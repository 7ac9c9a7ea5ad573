/// Adjacent rows of a segment that were ingested together: their sequence numbers count up by one
/// and they share their ingestion time.
///
/// Compaction keeps runs, so a row's number and time never change.
public struct IngestionRun: Sendable, Equatable {
  public var firstSequence: Int64
  public var rowCount: Int64
  /// When the rows became visible, in ticks.
  public var ingestedTicks: Int64

  public var lastSequence: Int64 { firstSequence &+ rowCount &- 1 }

  public init(firstSequence: Int64, rowCount: Int64, ingestedTicks: Int64) {
    self.firstSequence = firstSequence
    self.rowCount = rowCount
    self.ingestedTicks = ingestedTicks
  }

  /// Writes runs as the catalogue keeps them, such as `1,500,639000000000000000;501,20,…`.
  static func encode(_ runs: [IngestionRun]) -> String {
    runs.map { "\($0.firstSequence),\($0.rowCount),\($0.ingestedTicks)" }.joined(separator: ";")
  }

  /// Reads runs back; nil where the text is not runs of `rowCount` rows in rising order.
  static func decode(_ text: String, rowCount: Int64) -> [IngestionRun]? {
    var runs: [IngestionRun] = []
    var previous: Int64 = 0
    var rows: Int64 = 0
    for part in text.utf8.split(separator: UInt8(ascii: ";")) {
      let numbers = part.split(separator: UInt8(ascii: ",")).compactMap { Int64(Substring($0)) }
      guard numbers.count == 3 else { return nil }
      let run = IngestionRun(
        firstSequence: numbers[0],
        rowCount: numbers[1],
        ingestedTicks: numbers[2]
      )
      guard run.firstSequence > previous, run.rowCount > 0, run.rowCount <= rowCount - rows,
        run.firstSequence <= Int64.max - run.rowCount
      else { return nil }
      previous = run.lastSequence
      rows += run.rowCount
      runs.append(run)
    }
    return rows == rowCount ? runs : nil
  }

  /// Takes the runs of the first `count` rows off the front of `runs`.
  static func takeFirst(_ count: Int64, from runs: inout [IngestionRun]) -> [IngestionRun] {
    var taken: [IngestionRun] = []
    var left = count
    var used = 0
    while left > 0, used < runs.count {
      var run = runs[used]
      if run.rowCount > left {
        run.rowCount = left
        runs[used].firstSequence += left
        runs[used].rowCount -= left
      } else {
        used += 1
      }
      left -= run.rowCount
      taken.append(run)
    }
    runs.removeFirst(used)
    return taken
  }

  /// Joins runs that go on from each other.
  static func joined(_ runs: [IngestionRun]) -> [IngestionRun] {
    var joined: [IngestionRun] = []
    for run in runs {
      if let last = joined.last, last.lastSequence &+ 1 == run.firstSequence,
        last.ingestedTicks == run.ingestedTicks
      {
        joined[joined.count - 1].rowCount += run.rowCount
      } else {
        joined.append(run)
      }
    }
    return joined
  }
}

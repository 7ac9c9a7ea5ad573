public import Columnar

/// How far the clocks of a zone are from UTC, at any time.
///
/// Times are whole seconds since 0001-01-01, of UTC unless they are called local.
public struct TimeZoneRules: Sendable {
  /// A stretch of time, end excluded, in which the distance stays the same.
  struct Period: Equatable {
    let start: Int64
    let end: Int64
    /// Seconds to add to UTC.
    let offset: Int64
  }

  /// Distances beyond this many seconds are no zone's (RFC 8536 section 3.2).
  static let greatestOffset: Int64 = 93_600

  /// The distance before the first change.
  private let firstOffset: Int64
  /// When the distance changed, ascending, and to what.
  private let starts: [Int64]
  private let offsets: [Int64]
  /// Rules for the time after the last change.
  private let footer: ZoneFooter?

  init(firstOffset: Int64, starts: [Int64], offsets: [Int64], footer: ZoneFooter?) {
    self.firstOffset = firstOffset
    self.starts = starts
    self.offsets = offsets
    self.footer = footer
  }

  /// The local time of an instant; nil outside of the years 1 to 9999.
  public func local(of instant: DateTime) -> DateTime? {
    let seconds = instant.ticks / TimeSpan.ticksPerSecond
    return Self.moved(instant, period(at: seconds).offset)
  }

  /// The instant of a local time; nil outside of the years 1 to 9999.
  ///
  /// A local time that comes twice, when clocks are set back, is the first of the two; one that
  /// is left out, when they are set forward, is counted on from before the gap.
  public func instant(ofLocal local: DateTime) -> DateTime? {
    let seconds = local.ticks / TimeSpan.ticksPerSecond
    return Self.moved(local, instant(ofLocal: seconds) &- seconds)
  }

  private static func moved(_ time: DateTime, _ seconds: Int64) -> DateTime? {
    time.adding(TimeSpan(ticks: seconds &* TimeSpan.ticksPerSecond))
  }

  private func instant(ofLocal local: Int64) -> Int64 {
    var period = period(at: local &- Self.greatestOffset)
    var before = period.offset
    while true {
      let instant = local &- period.offset
      if instant < period.end || period.end == .max {
        return instant >= period.start ? instant : local &- before
      }
      before = period.offset
      period = self.period(at: period.end)
    }
  }

  /// The period that an instant lies in.
  func period(at instant: Int64) -> Period {
    let next = starts.partitioningIndex { $0 > instant }
    let start = next == 0 ? Int64.min : starts[next - 1]
    if next < starts.count {
      let offset = next == 0 ? firstOffset : offsets[next - 1]
      return Period(start: start, end: starts[next], offset: offset)
    }
    if let period = footer?.period(at: instant) {
      return Period(start: max(start, period.start), end: period.end, offset: period.offset)
    }
    return Period(start: start, end: .max, offset: offsets.last ?? firstOffset)
  }
}

extension Array {
  /// The index of the first element that satisfies a condition which holds for all after it.
  fileprivate func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low &+ (high &- low) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle &+ 1 }
    }
    return low
  }
}

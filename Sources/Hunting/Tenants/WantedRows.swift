public import Execution

/// Which rows of a supplement's table a query looks at, and what of them.
public struct WantedRows: Sendable {
  /// The names of the columns; nil for all.
  public let columns: Set<String>?
  /// The ticks of the times of events, which `Timestamp` or `TimeGenerated` have; nil for all.
  public let times: ClosedRange<Int64>?
  /// At which all is read that one run of a query looks at.
  public let moment: ReadMoment

  public init(columns: Set<String>?, times: ClosedRange<Int64>?, moment: ReadMoment) {
    self.columns = columns
    self.times = times
    self.moment = moment
  }

  /// All rows as they are now.
  public static var all: WantedRows { WantedRows(columns: nil, times: nil, moment: ReadMoment()) }

  public func has(_ column: String) -> Bool { columns?.contains(column) ?? true }
}

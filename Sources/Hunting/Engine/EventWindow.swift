public import Columnar
import QueryPlan

/// The events that the query of a detection rule sees in a run.
public struct EventWindow: Sendable, Equatable {
  /// The first instant of event time.
  public var start: DateTime
  /// The instant of event time that ends the window, outside of it.
  public var end: DateTime?
  /// Of these tables only the rows that became visible behind a sequence number.
  public var sequences: [String: Int64]
  /// Where it is set, only the rows of these devices, of tables that tell the device.
  public var devices: [String]?

  public init(
    from start: DateTime,
    to end: DateTime? = nil,
    after sequences: [String: Int64] = [:],
    devices: [String]? = nil
  ) {
    self.start = start
    self.end = end
    self.sequences = sequences
    self.devices = devices
  }

  func window(over tables: Set<String>) -> TimeWindow {
    var window = TimeWindow(
      from: start,
      timeColumns: Dictionary(
        uniqueKeysWithValues: tables.map { ($0, EventTime.column(of: $0)) }
      )
    )
    window.end = end
    window.sequences = sequences
    window.devices = devices
    return window
  }
}

import Columnar
import DetectionRules
import Detections
import Execution
import FileAccess
import Hunting

/// Events that become visible as a simulated clock goes on, for schedules without a store.
///
/// All tenants have the same. A query is the list of the devices that it wants.
final class SimulatedEvents: EventSource {
  struct Event: Sendable {
    /// Event time.
    let time: DateTime
    /// When its row becomes visible.
    let visible: DateTime
    let report: Int64
    let device: String
  }

  private let all: [Event]
  private let clock: SimulatedClock

  init(_ events: [Event], _ clock: SimulatedClock) {
    // Sequence numbers are given in the order in which rows become visible.
    all = events.sorted { ($0.visible, $0.report) < ($1.visible, $1.report) }
    self.clock = clock
  }

  func events(of tenant: String) throws -> any TenantEvents {
    let now = DateTime(ticks: clock.wallTicks)
    return Visible(rows: Array(all.prefix { $0.visible <= now }))
  }

  /// The sequence number of the newest row.
  var newest: [String: Int64] {
    let now = DateTime(ticks: clock.wallTicks)
    return ["T": Int64(all.prefix { $0.visible <= now }.count)]
  }

  struct Visible: TenantEvents {
    let rows: [Event]

    func newest(for rule: DetectionRule) throws(RunFailure) -> [String: Int64] {
      ["T": Int64(rows.count)]
    }

    func lateWindows(
      for rule: DetectionRule,
      after watermark: [String: Int64],
      from start: DateTime,
      to end: DateTime,
      grid: (anchor: DateTime, step: TimeSpan)
    ) throws(RunFailure) -> [DateTime] {
      guard let seen = watermark["T"] else { return [] }
      let late = rows.dropFirst(Int(seen)).filter { $0.time >= start && $0.time < end }
      return Set(late.map { RunPlanner.gridTime(after: $0.time, grid.anchor, grid.step) }).sorted()
    }

    func rows(
      for rule: DetectionRule,
      tenant: String,
      over window: EventWindow,
      now: DateTime
    ) throws(RunFailure) -> RuleRows {
      let seen = Int(window.sequences["T"] ?? 0)
      let devices = rule.query.text.split(separator: " ").map(String.init)
      let matching = rows.dropFirst(seen).filter { event in
        event.time >= window.start && (window.end.map { event.time < $0 } ?? true)
          && devices.contains(event.device)
      }
      let schema = Schema([
        ColumnSchema("Timestamp", .datetime), ColumnSchema("ReportId", .long),
        ColumnSchema("DeviceId", .string),
      ])
      let result = StoreListing.rows(schema, matching) { event in
        [.datetime(event.time), .long(event.report), .string(ByteString(event.device))]
      }
      do {
        return try RuleRows(result, rule, tenant: tenant)
      } catch {
        throw RunFailure(.queryExecutionFailed, "\(error)", isPermanent: false)
      }
    }
  }
}

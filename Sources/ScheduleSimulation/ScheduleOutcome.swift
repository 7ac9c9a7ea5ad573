import DetectionRules
import Detections
import StructuredText

/// The alerts that a schedule left.
struct ScheduleOutcome {
  /// What tells an alert, by its key.
  struct Alert: Equatable {
    let tenant: String
    let title: String
    let events: [Int64]
    let eventCount: Int
    let standsFor: Int
  }

  private(set) var alerts: [String: Alert] = [:]
  /// The runs, oldest first: they may differ.
  let runs: [RunRecord]

  init(_ store: DetectionStore) throws {
    let rule = try store.rule(named: "R")?.id ?? ""
    runs = try store.runs(of: rule, last: 100_000).reversed()
    for tenant in ScheduleWorld.tenants {
      for alert in try store.alerts(of: tenant) {
        let events = try store.events(ofAlert: alert.id).compactMap { event in
          try TextDocument(Array(event.row.utf8), format: .json).root["ReportId"]?.integer
        }
        alerts[alert.key] = Alert(
          tenant: tenant,
          title: alert.title + "\n" + alert.description,
          events: events.map(Int64.init).sorted(),
          eventCount: alert.eventCount,
          standsFor: alert.standsFor
        )
      }
    }
  }

  /// The reports of the events of a tenant's alerts.
  func events(of tenant: String) -> Set<Int64> {
    Set(alerts.values.filter { $0.tenant == tenant }.flatMap(\.events))
  }

  /// How many events a tenant's alerts count.
  func eventTotal(of tenant: String) -> Int {
    alerts.values.filter { $0.tenant == tenant }.reduce(0) { $0 + $1.eventCount }
  }
}

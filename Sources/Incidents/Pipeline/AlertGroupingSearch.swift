import Alerts
import Columnar
import DetectionRules
import GRDB

/// Finds the open incident into which the rule of an alert wants it grouped.
struct AlertGroupingSearch {
  private let writer: IncidentWriter
  private let alert: IncidentAlert
  private let grouping: AlertGrouping

  /// The most alerts of the rule that are looked at, the newest.
  private static let most = 1_000

  init(_ writer: IncidentWriter, _ alert: IncidentAlert, _ grouping: AlertGrouping) {
    self.writer = writer
    self.alert = alert
    self.grouping = grouping
  }

  /// What was found.
  struct Found {
    var incident: Incident?
    /// The alert with which it is grouped.
    var other = ""
    /// The newest incident that fits and is resolved, which the rule would open again.
    var closed: Incident?
  }

  /// The newest incident whose alert of the same rule fits, has room and is open.
  ///
  /// - Parameter takeRoom: makes room for the evidence of the alert in an incident, where it can.
  func find(takeRoom: (Int64) throws -> Bool) throws -> Found {
    var found = Found()
    var full: Set<Int64> = []
    let own = try traits(of: alert)
    for other in try others() {
      guard let id = other.incident, let incident = try writer.incident(id) else { continue }
      let isFull = incident.alertCount >= IncidentStore.mostAlerts || full.contains(id)
      let isSpare = !incident.status.isOpen && found.closed != nil
      if isFull || isSpare || incident.status == .redirected { continue }
      guard try traits(of: other) == own else { continue }
      if incident.status.isOpen {
        guard try takeRoom(id) else {
          full.insert(id)
          continue
        }
        found.incident = incident
        found.other = other.key
        return found
      }
      found.closed = incident
    }
    return found
  }

  /// Alerts of the rule that are not older than it groups.
  private func others() throws -> [IncidentAlert] {
    try writer.rows(
      """
      SELECT * FROM alerts WHERE tenant = ? AND rule = ? AND created BETWEEN ? AND ? AND id <> ?
        AND incident IS NOT NULL AND incident_settings IS NOT NULL
      ORDER BY created DESC, id LIMIT \(Self.most)
      """,
      [
        alert.tenant, alert.rule, alert.created.ticks - grouping.lookback.ticks,
        alert.created.ticks, alert.key,
      ],
      IncidentAlert.init
    )
  }

  /// What alerts that are grouped have in common.
  private func traits(of alert: IncidentAlert) throws -> Set<String> {
    switch grouping.matching {
    case .anyAlert: return []
    case .allEntities: return try entities(of: alert) { _ in true }
    case .selected:
      let kinds = Set(grouping.entities.map(\.rawValue))
      var traits = try entities(of: alert) { kinds.contains($0) }
      if grouping.details.contains(.displayName) { traits.insert("title:" + alert.title) }
      if grouping.details.contains(.severity) {
        traits.insert("severity:" + alert.severity.rawValue)
      }
      return traits.union(try customDetails(of: alert))
    }
  }

  private func entities(
    of alert: IncidentAlert,
    where isChosen: (String) -> Bool
  ) throws -> Set<String> {
    let evidence = try writer.evidence(ofAlert: alert.key).filter { isChosen($0.kind) }
    return Set(
      evidence.map { item in
        let names = item.identifiers.map { $0.name + "=" + $0.value.lowercased() }
        return "entity:" + item.kind + " " + names.joined(separator: " ")
      }
    )
  }

  private func customDetails(of alert: IncidentAlert) throws -> Set<String> {
    if grouping.customDetails.isEmpty { return [] }
    let labels = Set(grouping.customDetails.map { $0.lowercased() })
    let rows = try writer.rows(
      "SELECT label, value FROM alert_details WHERE alert = ? AND kind = 'custom'",
      [alert.key]
    )
    return Set(
      rows.filter { labels.contains(($0["label"] as String).lowercased()) }
        .map { "detail:" + ($0["label"] as String).lowercased() + "=" + $0["value"] }
    )
  }
}

extension Correlator.Link {
  /// That the rule of an alert groups it with another.
  static func grouped(with found: AlertGroupingSearch.Found, by grouping: AlertGrouping)
    -> Correlator.Link?
  {
    guard let incident = found.incident else { return nil }
    return Correlator.Link(
      incident: incident.id,
      other: found.other,
      parts: [
        LinkScore.Part(
          reason: .alertGrouping,
          key: "grouping:\(grouping.matching.rawValue)",
          weight: 1
        )
      ],
      total: 1
    )
  }
}

import Alerts
import Columnar
import GRDB
import Incidents

extension InvestigationWriter {
  /// Keeps that an alert was looked at, so that it starts nothing later.
  func markExamined(_ alert: String) throws {
    try incidents.run("UPDATE alerts SET is_examined = 1 WHERE id = ?", [alert])
  }

  /// Starts the playbooks of alerts that were not looked at; how many were and how many started.
  ///
  /// - Parameter groups: the groups of devices, where levels depend on them.
  func examine(
    _ alerts: [IncidentAlert],
    groups: [String: [String]]
  ) throws -> Int {
    var started = 0
    for alert in alerts {
      try markExamined(alert.key)
      guard alert.status != .resolved,
        let trigger = PlaybookTrigger.first(
          title: alert.title,
          service: alert.serviceSource,
          category: alert.category
        ),
        try allows(trigger.playbook, alert.tenant, groups[alert.key] ?? [])
      else { continue }
      let (_, isNew) = try start(
        trigger.playbook,
        trigger.kind,
        for: alert,
        by: .investigation,
        known: trigger.known
      )
      if isNew { started += 1 }
    }
    return started
  }

  /// Whether the levels of a tenant let alerts start a playbook.
  func allows(_ playbook: Playbook, _ tenant: String, _ groups: [String]) throws -> Bool {
    let levels = try AutomationLevels(incidents, tenant)
    guard playbook == .deviceMalware, !groups.isEmpty else { return levels.tenant != .none }
    return groups.contains { levels.level(ofGroup: $0) != .none }
  }

  /// Starts what rules ask for.
  func startRequested(_ rows: [Row], groups: [String: [String]]) throws -> Int {
    var started = 0
    for row in rows {
      let request: Int64 = row["id"]
      try incidents.run("UPDATE requested_actions SET is_taken = 1 WHERE id = ?", [request])
      guard let alert = try incidents.alert(key: row["alert"]),
        try allows(.deviceMalware, alert.tenant, groups[alert.key] ?? [])
      else { continue }
      let devices = StoredJSON.members(row["targets"]).filter { $0.0.lowercased() == "deviceid" }
        .map { target in
          InvestigationEntity(
            .device,
            [("deviceId", target.1)],
            verdict: .unknown,
            origin: "alert"
          )
        }
      let found = try start(.deviceMalware, .rule, for: alert, by: .investigation, with: devices)
      if found.isNew { started += 1 } else { try keep(devices, of: found.id) }
    }
    return started
  }
}

extension InvestigationRunner {
  /// The most alerts that are looked at in one transaction.
  private static let batch = 200

  /// Looks at alerts that are new in incidents and at what rules ask for; how many it started.
  func examine(_ opened: Opening, _ tenants: Set<String>?) throws -> Int {
    var started = 0
    while true {
      let (alerts, requests) = try store.read { reader in
        let alerts = try reader.rows(
          """
          SELECT * FROM alerts WHERE is_examined = 0 AND incident IS NOT NULL
          ORDER BY created, id LIMIT \(Self.batch)
          """,
          []
        )
        let requests = try reader.rows(
          """
          SELECT requested_actions.* FROM requested_actions
          JOIN alerts ON alerts.id = requested_actions.alert
          WHERE is_taken = 0 AND requested_actions.kind = 'initiateInvestigation'
            AND alerts.incident IS NOT NULL
          ORDER BY requested_actions.id LIMIT \(Self.batch)
          """,
          []
        )
        let found = try alerts.map { try reader.alert(key: $0["id"]) }.compactMap { $0 }
        return (found, requests)
      }
      if alerts.isEmpty, requests.isEmpty { return started }
      let keys = alerts.map(\.key) + requests.map { $0["alert"] }
      let groups = try deviceGroups(ofAlerts: keys, opened)
      started += try store.write { writer in
        try writer.examine(alerts, groups: groups) + writer.startRequested(requests, groups: groups)
      }
    }
  }

  /// The groups of the devices of alerts, for tenants in which levels depend on them.
  private func deviceGroups(
    ofAlerts keys: [String],
    _ opened: Opening
  ) throws -> [String: [String]] {
    let named = try store.read { reader in
      try keys.compactMap { key -> (IncidentAlert, [InvestigationEntity])? in
        guard let alert = try reader.alert(key: key),
          try AutomationLevels(reader, alert.tenant).hasGroups
        else { return nil }
        let entities = AlertEntities.entities(of: try reader.evidence(ofAlert: key))
        return (alert, entities.filter { $0.kind == .device })
      }
    }
    var groups: [String: [String]] = [:]
    for (alert, devices) in named where !devices.isEmpty {
      guard let run = try stepRun(alert.tenant, opened) else { continue }
      let values = InvestigationValues(devices, start: alert.firstTime)
      groups[alert.key] = run.run(DeviceQueries.group, values).entities
        .compactMap { $0.facts["group"] }
    }
    return groups
  }
}

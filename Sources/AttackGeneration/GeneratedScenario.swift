public import FileAccess

/// Alerts with what is true of them, and telemetry.
public struct GeneratedScenario: Sendable {
  /// All alerts of all tenants in the order in which they were created.
  public let alerts: [GeneratedAlert]
  private let rows: [String: [TelemetryTable: [TelemetryRow]]]

  init(alerts: [GeneratedAlert], rows: [TelemetryRow]) {
    self.alerts = alerts
    self.rows = Dictionary(grouping: rows) { $0.tenant }.mapValues { rows in
      Dictionary(grouping: rows.sorted { $0.time < $1.time }) { $0.table }
    }
  }

  /// The truth of all alerts, in the alerts' order.
  public var truth: [AlertTruth] { alerts.map(\.truth) }

  /// The tables that have rows of a tenant, by name.
  public func tables(of tenant: String) -> [TelemetryTable] {
    (rows[tenant] ?? [:]).keys.sorted { $0.rawValue < $1.rawValue }
  }

  /// The rows of a tenant's table, each as one line of JSON, the earliest first.
  public func rows(of table: TelemetryTable, tenant: String) -> [String] {
    (rows[tenant]?[table] ?? []).map(\.text)
  }

  /// Writes the alerts, one a line.
  public func writeAlerts(to output: any ByteOutput) throws(FileFailure) {
    for alert in alerts { try output.write(alert.json + "\n") }
  }

  /// Writes the truth, one alert a line.
  public func writeTruth(to output: any ByteOutput) throws(FileFailure) {
    for alert in alerts { try output.write(alert.truth.json + "\n") }
  }

  /// Writes the rows of a tenant's table, one a line.
  public func writeRows(
    of table: TelemetryTable,
    tenant: String,
    to output: any ByteOutput
  ) throws(FileFailure) {
    for row in rows[tenant]?[table] ?? [] { try output.write(row.text + "\n") }
  }
}

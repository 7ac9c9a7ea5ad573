import Alerts
public import Columnar
import GRDB
import Hunting
public import OperationalStore

/// A row that an alert was made of.
public struct AlertRow: Sendable {
  /// The table that it was ingested into; `alerts_v2` for an alert as Graph has it, empty for a row
  /// of a rule's query.
  public let table: String
  /// The time of its event, where it has one; that at which an alert as Graph has it came.
  public let time: DateTime?
  let cells: Scalar
  /// How many bytes it had, where it was too long to be kept wholly.
  public var cutFrom: Int?
}

extension IncidentStore {
  /// The rows that an alert was made of: those of its rule's query, those that were ingested, or
  /// what it came as last; none for what an earlier release took as a document of Graph.
  public func rows(of alert: IncidentAlert) throws(StoreFailure) -> [AlertRow] {
    try database.read { database in
      let reader = IncidentReader(database: database)
      return try reader.eventRows(of: alert) + reader.ingestedRows(of: alert)
        + reader.documentRows(of: alert)
    }
  }
}

extension IncidentReading {
  fileprivate func eventRows(of alert: IncidentAlert) throws -> [AlertRow] {
    try rows(
      "SELECT time, row FROM alert_events WHERE alert = ? ORDER BY position",
      [alert.key]
    ) { row in
      let text: String = row["row"]
      return AlertRow(
        table: "",
        time: (row["time"] as Int64?).map { DateTime(ticks: $0) },
        cells: IngestedRow.dynamic(text) ?? .string(ByteString(text))
      )
    }
  }

  fileprivate func ingestedRows(of alert: IncidentAlert) throws -> [AlertRow] {
    try rows(
      """
      SELECT table_name, cells FROM ingested_rows WHERE alert = ? ORDER BY table_name, position
      """,
      [alert.key]
    ) { row in
      let ingested = IngestedRow(stored: row["cells"])
      return AlertRow(
        table: row["table_name"],
        time: ingested.time("Timestamp", "TimeGenerated"),
        cells: ingested.object
      )
    }
  }
}

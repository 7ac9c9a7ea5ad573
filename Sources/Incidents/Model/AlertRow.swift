import Alerts
public import Columnar
import GRDB
import Hunting
public import OperationalStore

/// A row that an alert was made of.
public struct AlertRow: Sendable {
  /// The table that it was ingested into; empty for a row of a rule's query.
  public let table: String
  /// The time of its event, where it has one.
  public let time: DateTime?
  let cells: Scalar
}

extension IncidentStore {
  /// The rows that an alert was made of: those of its rule's query, or those that were ingested;
  /// none for what came as a document of Graph.
  public func rows(of alert: IncidentAlert) throws(StoreFailure) -> [AlertRow] {
    try database.read { database in
      let reader = IncidentReader(database: database)
      return try reader.eventRows(of: alert) + reader.ingestedRows(of: alert)
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

import Alerts
import GRDB
public import OperationalStore

extension IncidentStore {
  /// How many incidents are counted anew in one transaction.
  private static let step = 500

  /// Counts incidents anew that an earlier release counted otherwise, the last ones first. They are
  /// not updated by it.
  ///
  /// - Parameters:
  ///   - tenants: whose incidents; nil for all.
  ///   - most: the most that are counted; the others wait.
  /// - Returns: how many were counted.
  @discardableResult
  public func countWaiting(
    of tenants: Set<String>? = nil,
    most: Int = .max
  ) throws(StoreFailure) -> Int {
    var counted = 0
    while counted < most {
      let some = min(Self.step, most - counted)
      let waiting = try database.read { database in
        try IncidentReader(database: database).waitingForCount(of: tenants, most: some)
      }
      if waiting.isEmpty { break }
      try write { writer in
        for id in waiting { try writer.countAnew(id) }
      }
      counted += waiting.count
    }
    return counted
  }
}

extension IncidentReading {
  fileprivate func waitingForCount(of tenants: Set<String>?, most: Int) throws -> [Int64] {
    try rows(
      """
      SELECT incident FROM incidents_to_count JOIN incidents ON incidents.id = incident
      WHERE ?1 IS NULL OR tenant IN (SELECT value FROM json_each(?1))
      ORDER BY incident DESC LIMIT ?2
      """,
      [tenants.map { StoredJSON.list($0.sorted()) }, most]
    ) { $0[0] }
  }
}

extension IncidentWriter {
  fileprivate func countAnew(_ id: Int64) throws {
    if let incident = try incident(id), incident.alertCount > 0 {
      try count(id, isUpdate: false)
    }
    try run("DELETE FROM incidents_to_count WHERE incident = ?", [id])
  }
}

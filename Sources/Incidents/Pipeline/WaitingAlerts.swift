import Alerts
import Columnar
import Dispatch
import GRDB
import OperationalStore
import Synchronization

/// The next alerts that wait, with what the correlation reads of each and does not change.
struct WaitingAlerts: Sendable {
  struct Item: Sendable {
    /// What the database knows the alert by.
    let key: String
    /// As it was when it was read, perhaps before others were put into incidents.
    let alert: IncidentAlert?
    let evidenceCount: Int
    let keys: CorrelationKeys
  }

  let items: [Item]
  let tenants: Set<String>
  /// The rows of the outbox that tell of them.
  let rows: [Int64]
}

extension IncidentReading {
  /// Reads alerts that wait; nil where none does.
  ///
  /// Among those that wait longest, a tenant's alerts come together and in their order, first those
  /// of the tenant whose alert waits longest: they have much in common, which is then read and
  /// written once.
  ///
  /// - Parameters:
  ///   - taken: rows of the outbox that are left out.
  ///   - tenants: whose they are, a list in JSON; nil for all.
  func waitingAlerts(
    besides taken: [Int64] = [],
    of tenants: String?,
    most: Int
  ) throws -> WaitingAlerts? {
    let waiting = try rows(
      """
      SELECT id, tenant, alert FROM (
        SELECT id, tenant, alert FROM outbox
        WHERE \(Outbox.isOurs) AND id NOT IN (SELECT value FROM json_each(?2))
        ORDER BY id LIMIT ?3)
      ORDER BY min(id) OVER (PARTITION BY tenant), id LIMIT ?4
      """,
      [tenants, StoredJSON.list(taken), most * Outbox.reach, most]
    ) { (id: $0[0] as Int64, tenant: $0[1] as String, alert: $0[2] as String) }
    if waiting.isEmpty { return nil }
    return WaitingAlerts(
      items: try waiting.map { row in
        let evidence = try evidence(ofAlert: row.alert)
        return WaitingAlerts.Item(
          key: row.alert,
          alert: try alert(key: row.alert),
          evidenceCount: evidence.count,
          keys: CorrelationKeys(evidence)
        )
      },
      tenants: Set(waiting.map(\.tenant)),
      rows: waiting.map(\.id)
    )
  }
}

/// The rows that tell of alerts that wait.
enum Outbox {
  /// How many times as many rows are looked at as are taken.
  static let reach = 16

  /// Whether a row is of one of the tenants of a list in JSON, the first argument, where there is
  /// one.
  static let isOurs = "(?1 IS NULL OR tenant IN (SELECT value FROM json_each(?1)))"
}

/// Reads the alerts of the next transaction while one puts those before them into incidents.
final class WaitingAhead: Sendable {
  private let database: OperationalStore
  private let tenants: String?
  private let most: Int
  private let queue = DispatchQueue(label: "harrier waiting alerts")
  private let found = Mutex<WaitingAlerts?>(nil)

  init(_ database: OperationalStore, of tenants: String?, most: Int) {
    self.database = database
    self.tenants = tenants
    self.most = most
  }

  /// Begins to read what waits besides some rows of the outbox. What cannot be read fails where it
  /// is taken.
  func begin(besides taken: [Int64]) {
    queue.async { [self] in
      let next = try? database.read { database in
        let reader = IncidentReader(database: database)
        return try reader.waitingAlerts(besides: taken, of: tenants, most: most)
      }
      found.withLock { $0 = next }
    }
  }

  /// Waits for what was begun; nil where nothing was, or nothing was read.
  func end() -> WaitingAlerts? {
    queue.sync {}
    return found.withLock { found in
      defer { found = nil }
      return found
    }
  }
}

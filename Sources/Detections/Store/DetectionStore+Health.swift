import Columnar
import DetectionRules
import GRDB
import OperationalStore

extension DetectionStore {
  /// Gives a lease back without a run.
  func release(_ assignment: Assignment) throws(StoreFailure) {
    try database.write { database in
      try database.execute(
        sql: """
          UPDATE assignments SET lease_owner = NULL, lease_until = NULL
          WHERE tenant = ? AND rule = ? AND fence = ?
          """,
        arguments: [assignment.tenant, assignment.rule, assignment.fence]
      )
    }
  }

  /// Tells by an alert that a rule was turned off since it kept failing.
  func raiseHealthAlert(
    _ rule: DetectionRule,
    _ tenant: String,
    _ failure: RunFailure
  ) throws(StoreFailure) {
    let now = now
    let key = EventKey(
      tenant: tenant,
      rule: rule.id,
      assets: [],
      .health(ticks: now.ticks)
    )
    try database.write { database in
      let id = AlertID.make(rule.kind, key)
      try database.execute(
        sql: """
          INSERT INTO alerts (id, key, tenant, rule, run, signature, title, description,
            severity, category, tactics, techniques, service_source, detection_source, status,
            first_time, last_time, created, updated, events, stands_for, is_correlated)
          VALUES (?1, ?2, ?3, ?4, 0, ?2, ?5, ?6, 'medium', 'SuspiciousActivity', '[]', '[]',
            'Harrier', 'ruleHealth', 'new', ?7, ?7, ?7, ?7, 0, 0, 0)
          ON CONFLICT DO NOTHING
          """,
        arguments: [
          id, key.text, tenant, rule.id, "The rule '\(rule.name)' was turned off",
          "Its runs kept failing (\(failure.code.rawValue)): \(failure.reason)\n"
            + "Mend it, then turn it on with 'harrier rules enable'.",
          now.ticks,
        ]
      )
      try database.execute(
        sql: "INSERT INTO outbox (tenant, kind, alert, noted) VALUES (?, 'alertCreated', ?, ?)",
        arguments: [tenant, id, now.ticks]
      )
    }
  }
}

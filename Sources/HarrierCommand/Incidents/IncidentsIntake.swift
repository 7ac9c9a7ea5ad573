import FileAccess
import Incidents
import OperationalStore
import SourceText
import Synchronization
import TableStore

extension TableIntake {
  /// What was ingested into a store.
  init(_ incidents: IncidentStore, at path: String) {
    let store = Mutex<TableStore?>(nil)
    self.init(incidents) {
      try store.withLock { store in
        let opened = try store ?? TableStore.open(path, mode: .readOnly)
        store = opened
        return try opened.snapshot()
      }
    }
  }
}

extension Console {
  /// Puts the alerts that wait into incidents and tells of it, where some waited.
  ///
  /// - Parameter tenants: whose alerts; nil for those of all.
  /// - Returns: the tenants whose incidents changed.
  @discardableResult
  func correlate(
    _ incidents: IncidentStore,
    tenants: Set<String>? = nil
  ) throws -> Set<String> {
    let outcome = try IncidentPipeline(incidents).run(tenants: tenants)
    if outcome.alerts > 0 || !outcome.heldUp.isEmpty { tell(outcome) }
    return outcome.tenants
  }

  /// Tells what the pipeline did.
  func tell(_ outcome: IncidentPipeline.Outcome) {
    note(
      "\(Counted.text(outcome.alerts, "alert")) put into incidents, "
        + "\(outcome.newIncidents) of these new, "
        + "\(outcome.merged) merged"
    )
    for (tenant, failure) in outcome.heldUp.sorted(by: { $0.key < $1.key }) {
      note(
        TerminalText("error: the alerts of '\(tenant)' wait: \(failure.description)").text
      )
    }
  }

  /// Tells what became of rows of alerts and incidents that were ingested, where there were some.
  func tell(_ outcome: TableIntake.Outcome) {
    if outcome.isEmpty { return }
    note(
      "ingested: \(Counted.text(outcome.new, "new alert")), "
        + "\(outcome.updated) with something new, "
        + "\(outcome.unchanged) known, \(outcome.waiting) wait for evidence, "
        + "\(outcome.evidenceOnly) with evidence alone; "
        + "\(Counted.text(outcome.newIncidents, "new incident")), "
        + "\(outcome.updatedIncidents) changed"
    )
    if outcome.unknownSeverities + outcome.unknownCategories > 0 {
      note(
        "\(outcome.unknownSeverities) alerts of an unknown severity count as medium, "
          + "\(outcome.unknownCategories) have an unknown category"
      )
    }
    for refusal in outcome.refused { note(TerminalText("refused: \(refusal)").text) }
  }
}

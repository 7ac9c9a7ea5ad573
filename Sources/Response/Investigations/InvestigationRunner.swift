import Alerts
import Columnar
import Execution
import GRDB
public import Incidents
import OperationalStore
import Synchronization

/// Starts investigations for alerts and goes through their steps.
///
/// A step is one transaction: whatever ends the process, the next run goes on with the step that
/// is not written. What goes wrong in a step is written in its log and ends nothing else.
public final class InvestigationRunner: Sendable {
  /// What a run did.
  public struct Outcome: Sendable, Equatable {
    public var started = 0
    public var steps = 0
    public var concluded = 0
    /// Those whose steps are done and whose actions wait for somebody.
    public var waiting = 0
    public var remediatedElsewhere = 0

    public var isEmpty: Bool { self == Outcome() }
  }

  /// Where mails are that are known better than tables say; by the id of the mail and, in small
  /// letters, the recipient.
  public typealias Places =
    @Sendable (
      _ tenant: String, _ mails: [(id: String, recipient: String)]
    ) throws -> [MailLocation?]

  let store: InvestigationStore
  private let tables: InvestigationTables
  let places: Places?
  /// What was seen when investigations that wait were looked at last.
  let seen = Mutex(Seen())

  /// - Parameter places: where mails are as an environment knows it; it wins over the tables.
  public init(
    _ incidents: IncidentStore,
    _ tables: InvestigationTables,
    places: Places? = nil
  ) {
    store = InvestigationStore(incidents)
    self.tables = tables
    self.places = places
  }

  /// Starts what is to be started and goes on with what is open, of all tenants or of some.
  public func run(tenants: Set<String>? = nil) throws -> Outcome {
    var outcome = Outcome()
    let opened = Opening(tables)
    outcome.started = try examine(opened, tenants)
    var asleep: Set<String> = []
    while let next = try admit(tenants, without: asleep) {
      if let run = try stepRun(next.tenant, opened) {
        try advance(next, run, &outcome)
      } else {
        // The tenant is suspended: its investigations wait until it is not.
        asleep.insert(next.tenant)
      }
    }
    try follow(tenants, opened, &outcome)
    return outcome
  }

  /// The tables, opened when the first step needs them.
  final class Opening {
    private let tables: InvestigationTables
    private var opened: InvestigationTables.OpenedTables?

    init(_ tables: InvestigationTables) { self.tables = tables }

    func value() throws -> InvestigationTables.OpenedTables {
      if let opened { return opened }
      let new = try tables.open()
      opened = new
      return new
    }
  }

  // MARK: Steps

  /// The next investigation to go on with: one that runs, or one that waits and has room now.
  private func admit(
    _ tenants: Set<String>?,
    without asleep: Set<String>
  ) throws -> Investigation? {
    let candidates = try store.read { reader in
      try reader.rows(
        """
        SELECT * FROM investigations WHERE status IN ('running', 'queued')
        ORDER BY status = 'queued', id
        """,
        []
      )
      .map(Investigation.init)
    }
    for candidate in candidates
    where !asleep.contains(candidate.tenant) && tenants?.contains(candidate.tenant) ?? true {
      if candidate.status == .running { return candidate }
      if let admitted = try admit(candidate) { return admitted }
    }
    return nil
  }

  private func admit(_ candidate: Investigation) throws -> Investigation? {
    try store.write { writer in
      let open: Int =
        try writer.incidents.rows(
          """
          SELECT count(*) AS n FROM investigations
          WHERE tenant = ? AND status IN ('running', 'pendingAction')
          """,
          [candidate.tenant]
        )
        .first?["n"] ?? 0
      guard open < InvestigationStore.mostOpen,
        let current = try writer.investigation(candidate.id), current.status == .queued
      else { return nil }
      try writer.set(.running, of: current)
      return try writer.investigation(candidate.id)
    }
  }

  /// Goes through the steps that are left.
  private func advance(
    _ investigation: Investigation,
    _ run: StepRun,
    _ outcome: inout Outcome
  ) throws {
    let steps = investigation.playbook.steps
    while true {
      let (position, values) = try store.read { reader in
        let done: Int =
          try reader.rows(
            "SELECT count(*) AS n FROM investigation_steps WHERE investigation = ?",
            [investigation.id]
          )
          .first?["n"] ?? 0
        return (done, try Self.values(investigation, reader))
      }
      guard steps.indices.contains(position) else { break }
      let result = run.run(steps[position], values)
      let isKept = try store.write { try $0.keep(result, at: position, of: investigation.id) }
      // Somebody stopped it, or another process goes on with it.
      guard isKept else { return }
      outcome.steps += 1
    }
    try overlay(investigation)
    let lacking = run.lacking(investigation.playbook.decisiveTables)
    let isOpen = try store.write { writer in
      try writer.conclude(investigation, lacking: lacking)
      return try writer.investigation(investigation.id)?.status.isOpen ?? false
    }
    if isOpen { outcome.waiting += 1 } else { outcome.concluded += 1 }
  }

  private static func values(
    _ investigation: Investigation,
    _ reader: IncidentReader
  ) throws -> InvestigationValues {
    let entities = try reader.rows(
      "SELECT * FROM investigation_entities WHERE investigation = ? ORDER BY position",
      [investigation.id]
    )
    .compactMap(InvestigationEntity.init)
    let alert = try investigation.alert.flatMap { try reader.alert(key: $0) }
    return InvestigationValues(entities, start: alert?.firstTime ?? investigation.created)
  }

  func stepRun(_ tenant: String, _ opened: Opening) throws -> StepRun? {
    try opened.value().steps(in: tenant, at: store.incidents.now)
  }

  /// Lets the mails of an investigation be where an environment says.
  private func overlay(_ investigation: Investigation) throws {
    guard let places else { return }
    let mails = try store.details(of: investigation).entities
      .filter { $0.kind == .mail && $0["recipientEmailAddress"] != nil }
    let found = try places(
      investigation.tenant,
      mails.map { ($0["networkMessageId"] ?? "", $0["recipientEmailAddress"] ?? "") }
    )
    try store.write { writer in
      for (mail, place) in zip(mails, found) {
        guard let place else { continue }
        var mail = mail
        mail.facts["location"] = place.rawValue
        try writer.update(mail, of: investigation.id)
      }
    }
  }
}

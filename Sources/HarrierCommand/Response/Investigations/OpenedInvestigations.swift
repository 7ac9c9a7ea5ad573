import Columnar
import FileAccess
import Hunting
import Incidents
import OperationalStore
import Response
import Tenancy

extension TenantPlace {
  /// The investigations of the tenants for which the principal may do something.
  ///
  /// - Parameter clock: what the time is.
  func openInvestigations(
    for capability: Capability,
    clock: any Clock = SystemClock()
  ) throws -> OpenedInvestigations {
    OpenedInvestigations(
      opened: try openIncidents(for: capability, clock: clock),
      clock: clock
    )
  }
}

/// The investigations of a store as a principal may see or start them.
struct OpenedInvestigations {
  let opened: OpenedIncidents
  let clock: any Clock

  var access: StoreAccess { opened.access }
  var tenants: [String] { opened.tenants }
  /// nil where the store has no alerts yet.
  var incidents: IncidentStore? { opened.incidents }
  var actor: Actor { opened.actor }

  var store: InvestigationStore? { incidents.map { InvestigationStore($0) } }

  func required() throws -> (incidents: IncidentStore, store: InvestigationStore) {
    guard let incidents else { throw ResponseFailure("the store has no alerts yet") }
    return (incidents, InvestigationStore(incidents))
  }

  func singleTenant() throws -> String {
    guard tenants.count == 1 else {
      throw ResponseFailure("name the tenant with --tenant NAME")
    }
    return tenants[0]
  }

  /// An investigation that is named as TENANT/NUMBER.
  func investigation(_ text: String) throws -> Investigation {
    try required().store.investigation(reference(text, kind: "investigation"))
  }

  /// What a text names that is TENANT/NUMBER.
  func reference(_ text: String, kind: String) throws -> ResponseReference {
    try opened.requireRight(to: text)
    return try ResponseReference(reading: text, kind: kind, tenants: tenants)
  }

  /// Refuses what the data of a tenant do not tell of.
  func require(_ subject: InvestigationSubject, of tenant: String, _ limits: RunOptions) throws {
    let tables = InvestigationTables(store: access.path, limits: limits, clock: clock)
    try SubjectSearch(tables).require(
      subject,
      of: tenant,
      at: DateTime(ticks: clock.wallTicks)
    )
  }

  /// What comes behind incidents, for this store.
  func pipeline(_ limits: RunOptions) throws -> ResponsePipeline {
    try ResponsePipeline(
      store: access.path,
      required().incidents,
      limits: limits,
      clock: clock
    )
  }
}

extension ResponsePipeline {
  /// What comes behind the incidents of a store.
  init(
    store path: String,
    _ incidents: IncidentStore,
    limits: RunOptions,
    clock: any Clock = SystemClock()
  ) {
    let tables = InvestigationTables(store: path, limits: limits, clock: clock)
    self.init(investigations: InvestigationRunner(incidents, tables))
  }
}

extension InvestigationTables {
  /// The tables of a store, with alerts, incidents and what is done about them.
  init(store path: String, limits: RunOptions, clock: any Clock) {
    self.init(
      store: path,
      engine: HuntingEngine(clock: clock, options: limits.executionOptions),
      supplements: StoreAccess.supplements(store: path),
      clock: clock,
      memoryLimit: limits.memoryLimit / 4,
      timeoutSeconds: limits.timeout
    )
  }
}

extension Console {
  /// Tells what was done behind incidents, where something was.
  func tell(_ outcome: ResponsePipeline.Outcome) {
    let work = outcome.investigations
    if work.isEmpty { return }
    note(
      "investigations: \(work.started) started, \(work.concluded) concluded, "
        + "\(work.waiting) with actions that wait, "
        + "\(work.remediatedElsewhere) actions done elsewhere"
    )
  }
}

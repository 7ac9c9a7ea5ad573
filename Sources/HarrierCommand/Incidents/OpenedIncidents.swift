import FileAccess
import Hunting
import Incidents
import OperationalStore
import Tenancy

extension TenantPlace {
  /// The incidents of the tenants for which the principal may do something.
  ///
  /// - Parameter clock: what the time is.
  func openIncidents(
    for capability: Capability,
    clock: any Clock = SystemClock()
  ) throws -> OpenedIncidents {
    let access = try access()
    let scope = try access.scope(over: selection, for: capability)
    let mode: OperationalStore.Access = capability == .readIncidents ? .readOnly : .readWrite
    return OpenedIncidents(
      access: access,
      tenants: scope.tenants.map(\.name),
      records: scope.tenants,
      incidents: try IncidentStore.open(store: store, access: mode, clock: clock),
      refusals: Dictionary(
        scope.lacking.map { ($0, AccessFailure.missingRight(capability, tenant: $0)) },
        uniquingKeysWith: { first, _ in first }
      )
    )
  }
}

/// The incidents of a store as a principal may see or manage them.
struct OpenedIncidents {
  let access: StoreAccess
  /// The tenants that were asked for, of those of the principal.
  let tenants: [String]
  /// What is known of them, for lists.
  var records: [TenantRecord] = []
  /// nil where the store has none yet.
  let incidents: IncidentStore?
  /// Tenants that the principal sees and that were asked for as part of many, with what it lacks.
  var refusals: [String: AccessFailure] = [:]

  var actor: Actor { Actor(principal: access.principal.name) }

  /// The tenants of a list that is written in a format.
  func listed(_ console: Console, _ format: ResultFormat?) -> ListedTenants {
    console.hasRoom(format) ? ListedTenants(records) : .brief
  }

  /// The incidents, where some are asked for by number.
  func required() throws -> IncidentStore {
    guard let incidents else { throw IncidentFailure("the store has no incidents yet") }
    return incidents
  }

  func references(_ texts: [String]) throws -> [IncidentReference] {
    try texts.map(reference)
  }

  /// The incident that a text names.
  func reference(_ text: String) throws -> IncidentReference {
    try requireRight(to: text)
    return try IncidentReference(reading: text, tenants: tenants)
  }

  /// The alerts that texts name, `TENANT/ID` or their ids; for each, or why it names none.
  func alerts(named texts: [String]) throws -> [Result<AlertReference, IncidentFailure>] {
    let found = try required().alerts(named: texts, of: tenants)
    return try zip(texts, found).map { text, result in
      guard case .failure = result, let refusal = try refusal(ofAlert: text) else { return result }
      return .failure(refusal)
    }
  }

  /// The alert that a text names.
  func alert(_ text: String) throws -> AlertReference {
    guard let found = try alerts(named: [text]).first else {
      throw IncidentFailure("name an alert")
    }
    return try found.get()
  }

  /// The alerts of one tenant that texts name, each once.
  func alertsOfOneTenant(_ texts: [String]) throws -> [AlertReference] {
    var seen: Set<AlertReference> = []
    let found = try alerts(named: texts).map { try $0.get() }
      .filter { seen.insert($0).inserted }
    let owners = Set(found.map(\.tenant)).sorted()
    if owners.count > 1 {
      throw IncidentFailure(
        "the alerts are of several tenants, '\(owners[0])' and '\(owners[1])'; an incident has "
          + "those of one"
      )
    }
    return found
  }

  /// Changes what texts name, in their order, each once however often it is named; what names
  /// nothing fails alone.
  func outcomes<Reference: Hashable>(
    of texts: [String],
    _ found: [Result<Reference, IncidentFailure>],
    _ change: ([Reference]) throws -> [ItemOutcome]
  ) throws -> [ItemOutcome] {
    var seen: Set<Reference> = []
    let items = zip(texts, found).filter { _, result in
      guard case .success(let reference) = result else { return true }
      return seen.insert(reference).inserted
    }
    var done = try change(items.compactMap { try? $0.1.get() })[...]
    return items.compactMap { text, result in
      switch result {
      case .success: done.popFirst()
      case .failure(let failure): ItemOutcome(tenant: "", item: text, failure: failure)
      }
    }
  }

  /// Writes to the audit trail what was done, where access is set up.
  func note(_ action: String, _ outcomes: [ItemOutcome]) throws {
    for outcome in outcomes {
      let what = outcome.failure.map { "refused: \($0)" } ?? "done"
      try access.note(action, on: outcome.tenant, detail: "\(outcome.item): \(what)")
    }
  }
}

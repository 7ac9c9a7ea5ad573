import ArgumentParser
import FileAccess
import Incidents
import OperationalStore
import Tenancy

/// A store with incidents, whose tenants, and as whom it is worked with.
struct IncidentPlace: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of the store.", valueName: "dir"))
  var store: String

  @Option(
    help: ArgumentHelp(
      "The tenants: names with commas between, group:NAME, or all.",
      valueName: "tenants"
    )
  )
  var tenant = "all"

  @OptionGroup var identity: IdentityOptions

  func validate() throws {
    if TenantSelection(tenant) == nil {
      throw ValidationError("--tenant holds an empty name; write --tenant a,b.")
    }
  }

  /// The incidents of the tenants for which the principal may do something.
  func open(for capability: Capability) throws -> OpenedIncidents {
    let access = try StoreAccess(store, as: identity.principal)
    let scope = try access.state.scope(
      of: access.principal,
      for: capability,
      over: TenantSelection(tenant) ?? .all,
      present: try access.present(),
      at: AccessClock.now
    )
    let mode: OperationalStore.Access = capability == .readIncidents ? .readOnly : .readWrite
    return OpenedIncidents(
      path: store,
      access: access,
      tenants: scope.tenants.map(\.name),
      incidents: try IncidentStore.open(store: store, access: mode)
    )
  }
}

/// The incidents of a store as a principal may see or manage them.
struct OpenedIncidents {
  let path: String
  let access: StoreAccess
  /// The tenants that were asked for, of those of the principal.
  let tenants: [String]
  /// nil where the store has none yet.
  let incidents: IncidentStore?

  var actor: Actor { Actor(principal: access.principal.name) }

  /// The incidents, where some are asked for by number.
  func required() throws -> IncidentStore {
    guard let incidents else { throw IncidentFailure("the store has no incidents yet") }
    return incidents
  }

  func references(_ texts: [String]) throws -> [IncidentReference] {
    try texts.map { try IncidentReference(reading: $0, tenants: tenants) }
  }

  /// The tenant of an alert, where only one is meant.
  func singleTenant() throws -> String {
    guard tenants.count == 1 else {
      throw IncidentFailure("name the tenant of the alerts with --tenant NAME")
    }
    return tenants[0]
  }

  /// Writes to the audit trail what was done, where access is set up.
  func note(_ action: String, _ outcomes: [ItemOutcome]) throws {
    guard access.isSetUp else { return }
    let trail = try AccessStore.open(store: path, access: .readWrite)
    for outcome in outcomes {
      let what = outcome.failure.map { "refused: \($0)" } ?? "done"
      try trail?.note(
        action,
        by: access.principal,
        on: outcome.tenant,
        detail: "\(outcome.item): \(what)"
      )
    }
  }
}

import Columnar
import Detections
import Execution
import FileAccess
import Hunting
import OperationalStore
import TableStore
import Tenancy

extension TenantPlace {
  /// The store's rules and the tenants for which the principal may manage detections.
  func openRules(clock: any Clock = SystemClock()) throws -> OpenedRules {
    let access = try access()
    let scope = try access.scope(over: selection, for: .manageDetections)
    let opened = try DetectionStore.open(store: store, access: .readWrite, clock: clock)
    guard let detections = opened else { throw StoreFailure(.missing, path: store) }
    return OpenedRules(
      path: store,
      access: access,
      tenants: scope.tenants.map(\.name),
      detections: detections
    )
  }
}

/// The rules of a store as a principal may manage them.
struct OpenedRules {
  let path: String
  let access: StoreAccess
  /// The tenants that were asked for, of those that the principal may manage detections of.
  let tenants: [String]
  let detections: DetectionStore

  /// Rules by id or name; without names all of them.
  func rules(_ names: [String]) throws -> [StoredRule] {
    if names.isEmpty { return try detections.rules() }
    return try names.map { name in
      guard let rule = try detections.rule(named: name) else {
        throw DetectionFailure("there is no rule '\(name)'; 'harrier rules list' shows them")
      }
      return rule
    }
  }

  /// The names of all rules by their ids.
  func ruleNames() throws -> [String: String] {
    Dictionary(try detections.rules().map { ($0.id, $0.name) }) { first, _ in first }
  }

  /// Writes to the audit trail what was done, where access is set up.
  func note(_ action: String, _ tenant: String, detail: String) throws {
    try access.note(action, on: tenant, detail: detail)
  }

  /// Runs rules as the principal, over the tables of each tenant.
  func runner(_ limits: RunOptions, owner: String) throws -> (RuleRunner, StoreEvents) {
    var options = limits.executionOptions
    options.threads = 1
    let events = try events(
      HuntingEngine(options: options),
      for: .hunt,
      cache: SegmentCache(limitBytes: limits.memoryLimit / 2),
      budget: RuleEvaluation.Budget(
        memory: limits.memoryLimit / max(1, limits.threads),
        seconds: limits.timeout
      )
    )
    var runner = RuleRunner(detections, events, owner: owner)
    runner.disabled = { [self] tenant, rule, reason in
      try note("rule autoDisabled", tenant, detail: "\(rule): \(reason)")
    }
    return (runner, events)
  }

  /// The events of tenants, as far as the principal has a capability for them.
  func events(
    _ engine: HuntingEngine,
    for capability: Capability,
    cache: SegmentCache = SegmentCache(),
    budget: RuleEvaluation.Budget = RuleEvaluation.Budget()
  ) throws -> StoreEvents {
    let state = access.state
    let principal = access.principal
    let engines = StoredEngines(
      store: path,
      engine: engine,
      cache: cache,
      supplements: try access.supplements()
    )
    return StoreEvents(engines, budget: budget) { tenant, present in
      try state.scope(
        of: principal,
        for: capability,
        over: .tenant(tenant),
        present: present,
        at: AccessClock.now
      )
    }
  }
}

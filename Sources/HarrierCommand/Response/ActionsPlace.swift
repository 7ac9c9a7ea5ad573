import Detections
import FileAccess
import Hunting
import Incidents
import OperationalStore
import Response
import SourceText
import Tenancy

extension TenantPlace {
  /// The action centre of the tenants for which the principal may do something.
  func openActions(for capability: Capability) throws -> OpenedActions {
    let opened = try openIncidents(for: capability)
    return OpenedActions(path: store, opened: opened)
  }
}

/// The action centre of a store as a principal may see or use it.
struct OpenedActions {
  let path: String
  let opened: OpenedIncidents

  var tenants: [String] { opened.tenants }
  var access: StoreAccess { opened.access }
  var actor: Actor { opened.actor }

  /// nil where the store has no actions yet.
  var actions: ActionStore? { opened.incidents.map { ActionStore($0) } }

  func required() throws -> ActionStore {
    guard let actions else { throw ResponseFailure("the store has no actions yet") }
    return actions
  }

  /// The action that a text names.
  func reference(_ text: String) throws -> ResponseReference {
    try opened.requireRight(to: text)
    return try ResponseReference(reading: text, kind: "action", tenants: tenants)
  }

  /// The actions that texts name; what names none fails alone.
  func references(
    _ texts: [String]
  ) -> (found: [ResponseReference], refused: [ItemOutcome]) {
    var found: [ResponseReference] = []
    var refused: [ItemOutcome] = []
    for text in texts {
      do {
        found.append(try reference(text))
      } catch {
        let failure = IncidentFailure("\(error)")
        refused.append(ItemOutcome(tenant: "", item: text, failure: failure))
      }
    }
    return (found, refused)
  }

  /// Executes approved actions and tells what came of them.
  func run(_ choice: ActionRunner.Choice = .all, _ console: Console) throws -> ActionRunner.Outcome
  {
    let outcome = try runner().run(tenants, choice)
    console.tell(outcome)
    return outcome
  }

  /// The same where another run may be at work, which then does it.
  func runOrLeave(_ choice: ActionRunner.Choice, _ console: Console) throws {
    do {
      _ = try run(choice, console)
    } catch let failure as FileFailure where failure.isLocked {
      console.note("another run is at work and executes them: \(failure)")
    }
  }

  /// The tables of tenants, for whoever acts in them.
  var source: StoredRowSource {
    let state = access.state
    let principal = access.principal
    return StoredRowSource(store: path, engine: HuntingEngine()) { tenant, present in
      try state.scope(
        of: principal,
        for: .respond,
        over: .tenant(tenant),
        present: present,
        at: AccessClock.now
      )
    }
  }

  private func runner() throws -> ActionRunner {
    guard let environment = try EnvironmentStore.open(store: path, access: .readWrite) else {
      throw StoreFailure(.missing, path: path)
    }
    return ActionRunner(
      try required(),
      at: path,
      environment: SimulatedConnector(environment, learningFrom: source)
    )
  }
}

extension FileFailure {
  fileprivate var isLocked: Bool {
    if case .locked = reason { return true }
    return false
  }
}

extension Console {
  /// Tells what a run over actions did; nothing where it did nothing.
  func tell(_ outcome: ActionRunner.Outcome) {
    tell(outcome.requests)
    if outcome.expired > 0 { note("\(outcome.expired) actions expired") }
    let counts = outcome.counts.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "\($0.value) \($0.key.rawValue)" }
    if !counts.isEmpty { note("actions: " + counts.joined(separator: ", ")) }
    tell(queued: outcome.queued)
  }

  /// Tells what became of actions that rules ask for; nothing where they ask for none.
  func tell(_ requests: ActionStore.Requests) {
    if requests.taken > 0 { note("\(requests.taken) actions that rules ask for are taken") }
    for refusal in requests.refused { note(TerminalText("refused: \(refusal)").text) }
  }

  /// Tells how many actions wait behind others.
  func tell(queued: Int) {
    if queued == 0 { return }
    note("\(queued) actions on mails are queued; they begin as other remediations end")
  }
}

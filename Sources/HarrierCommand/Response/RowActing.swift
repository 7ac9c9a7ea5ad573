import Hunting
import Incidents
import OperationalStore
import Response
import SourceText
import Tenancy

/// Asks for an action on what rows name, and executes it: those of a query or of Explorer.
struct RowActing {
  private let kind: ActionKind
  private let options: ActOptions
  private let access: StoreAccess
  /// What it is done to, for the audit trail.
  private let what: String
  /// The tenants that are read and in which the principal may respond.
  let allowed: Set<String>

  /// Refuses whoever may respond in none of the tenants that are read.
  init(
    _ kind: ActionKind,
    _ options: ActOptions,
    _ access: StoreAccess,
    _ scope: TenantScope,
    what: String
  ) throws {
    self.kind = kind
    self.options = options
    self.access = access
    self.what = what
    let names = Set(scope.tenants.map(\.name))
    let mine = try access.scope(over: .all, for: .respond)
    allowed = names.intersection(mine.tenants.map(\.name))
    if allowed.isEmpty {
      throw ResponseFailure("'\(access.principal.name)' may respond in none of the tenants")
    }
  }

  /// The most targets of an action.
  private static let mostTargets = 200_000

  static func checkCount(_ count: Int) throws(ResponseFailure) {
    if count <= mostTargets { return }
    throw ResponseFailure(
      "an action is taken on \(mostTargets) targets at most; let there be fewer rows"
    )
  }

  /// Says how many targets are of tenants in which the principal may not respond; the exit code
  /// where there are some.
  func tell(forbidden: [String: Int], _ console: Console) -> Int32? {
    for (tenant, count) in forbidden.sorted(by: { $0.key < $1.key }) {
      let who = access.principal.name
      let text = "\(tenant): \(count) targets refused: '\(who)' may not respond there"
      console.note("error: \(TerminalText(text).text)")
    }
    return forbidden.isEmpty ? nil : ExitCodes.queryError
  }

  /// Takes the actions; the exit code where some fail.
  func take(_ requests: [ActionRequest], _ console: Console) throws -> Int32? {
    guard let incidents = try IncidentStore.open(store: access.path, access: .readWrite) else {
      return ExitCodes.queryError
    }
    let opened = OpenedActions(
      path: access.path,
      opened: OpenedIncidents(access: access, tenants: allowed.sorted(), incidents: incidents)
    )
    let actions = try opened.required()
    var queued = 0
    for start in stride(from: 0, to: requests.count, by: Self.step) {
      let part = Array(requests[start..<min(requests.count, start + Self.step)])
      let made = try actions.propose(part, by: opened.actor)
      queued += made.count { $0.action.status == .queued }
    }
    let approval = requests[0].approval
    for (tenant, part) in Dictionary(grouping: requests, by: \.tenant).sorted(by: {
      $0.key < $1.key
    }) {
      try access.note(
        "action asked for: \(kind.rawValue)",
        on: tenant,
        detail: "approval \(approval): \(part.count) \(what)"
      )
    }
    let outcome = options.execution.propose ? "wait for approval" : "asked for"
    console.note("approval \(approval): \(requests.count) actions \(kind.rawValue) \(outcome)")
    if options.execution.propose || options.execution.later {
      console.tell(queued: queued)
      return nil
    }
    try opened.runOrLeave(.approval(approval), console)
    var bad = ActionFilter()
    bad.approval = approval
    bad.statuses = [.failed, .mayHaveRun]
    let left = try actions.actions(of: opened.tenants, filter: bad, limit: 1)
    return left.total == 0 ? nil : ExitCodes.queryError
  }

  private static let step = 2_000
}

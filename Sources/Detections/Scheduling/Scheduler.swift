public import Columnar
import Execution

/// Runs what is due, tenant after tenant.
public final class Scheduler: Sendable {
  /// What a look at the rules did.
  public struct Tick: Sendable {
    public var runs: [RunRecord] = []
    /// When something is due next; nil for nothing known.
    public var next: DateTime?
    /// Whether a rule waits for new events.
    public var looksForNews = false
    /// Whether more was due than one look takes.
    public var isBehind = false
  }

  /// The most runs of a look, so that what becomes due meanwhile gets its turn.
  static let mostRuns = 64

  private let store: DetectionStore
  private let runner: RuleRunner
  private let threads: Int
  /// nil for all.
  private let tenants: Set<String>?

  /// - Parameter tenants: those whose rules run; nil for all.
  public init(
    _ store: DetectionStore,
    _ runner: RuleRunner,
    threads: Int,
    tenants: Set<String>? = nil
  ) {
    self.tenants = tenants
    self.store = store
    self.runner = runner
    self.threads = threads
  }

  /// Runs what is due now.
  ///
  /// - Parameter hasNews: whether rows may have become visible since the last look.
  public func tick(hasNews: Bool = true) throws -> Tick {
    let now = store.now
    let rules = Dictionary(
      try store.rules().map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var tick = Tick()
    var due: [RunRequest] = []
    for assignment in try store.assignments() {
      guard tenants?.contains(assignment.tenant) ?? true,
        let rule = rules[assignment.rule]?.rule
      else { continue }
      switch RunPlanner.decide(rule, assignment, at: now) {
      case .wait(let until):
        tick.next = [tick.next, until].compactMap { $0 }.min()
      case .run(let request): due.append(request)
      case .look(let request):
        tick.looksForNews = true
        if hasNews { due.append(request) }
      case .skip(let time, let reason): try store.skip(assignment, to: time, reason)
      }
    }
    let ordered = Self.fairly(due)
    tick.isBehind = ordered.count > Self.mostRuns
    let chosen = Array(ordered.prefix(Self.mostRuns))
    let outcomes = try ParallelWork.results(chosen.count, threads: threads) { [runner] index in
      let request = chosen[index]
      guard let stored = rules[request.rule] else { return [RunRecord]() }
      return try runner.run(request, stored)
    }
    for outcome in outcomes { tick.runs += try outcome.get() }
    return tick
  }

  /// Requests so that each tenant has its turn before one has the next; a tenant's oldest first.
  static func fairly(_ requests: [RunRequest]) -> [RunRequest] {
    var queues: [String: [RunRequest]] = [:]
    for request in requests { queues[request.tenant, default: []].append(request) }
    for tenant in queues.keys {
      queues[tenant]?.sort { ($0.due, $0.rule) < ($1.due, $1.rule) }
    }
    let tenants = queues.keys.sorted {
      let left = queues[$0]?.first?.due ?? DateTime(ticks: 0)
      let right = queues[$1]?.first?.due ?? DateTime(ticks: 0)
      return (left, $0) < (right, $1)
    }
    let longest = queues.values.map(\.count).max() ?? 0
    return (0..<longest).flatMap { turn in
      tenants.compactMap { tenant in
        queues[tenant].flatMap { turn < $0.count ? $0[turn] : nil }
      }
    }
  }
}

public import Columnar
import Execution
import Synchronization

/// Runs what is due, tenant after tenant; rules that wait for new events come first.
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
  /// Whose turn it is: of rules with new events, and of what the clock made due.
  private let turns = Mutex((news: TenantTurns(turn: 1), due: TenantTurns(turn: 32)))

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
    var news: [RunRequest] = []
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
        if hasNews, runner.hasNews(rule, assignment) { news.append(request) }
      case .skip(let time, let reason): try store.skip(assignment, to: time, reason)
      }
    }
    let chosen = choose(news, due)
    tick.isBehind = chosen.count < news.count + due.count
    let outcomes = try ParallelWork.results(chosen.count, threads: threads) { [runner] index in
      let request = chosen[index]
      guard let stored = rules[request.rule] else { return [RunRecord]() }
      return try runner.run(request, stored)
    }
    for outcome in outcomes { tick.runs += try outcome.get() }
    return tick
  }

  /// What a look runs: events that have just come first, but what is due has its share.
  private func choose(_ news: [RunRequest], _ due: [RunRequest]) -> [RunRequest] {
    turns.withLock { turns in
      let share = due.isEmpty ? Self.mostRuns : Self.mostRuns / 2
      let first = turns.news.next(news, most: share)
      return first + turns.due.next(due, most: Self.mostRuns - first.count)
    }
  }
}

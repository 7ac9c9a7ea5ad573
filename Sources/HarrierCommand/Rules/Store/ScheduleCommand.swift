import ArgumentParser
import Columnar
import Detections
import FileAccess
import Hunting
import Incidents
import OperationalStore
import Response
import SourceText
import Synchronization

/// `harrier schedule`.
struct ScheduleCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Run the rules of a store on their schedules until it is ended.",
    discussion: """
      One runs at a time over a store; it yields to queries, and ingestion goes on beside it. \
      Rules and their states may be changed meanwhile. What was due while nothing ran is made up \
      for by one run. What rules ask for is done in tenants where you may respond. While nothing \
      is due, runs older than --keep-runs are forgotten, but for the newest of a rule, those of \
      alerts and those that tell events which were alerted from new ones. Ctrl-C ends it after the \
      runs at hand. Tenants, their suspension and grants are looked at before each round: a tenant \
      that comes later is worked for too, and one that is suspended, or for which a grant was \
      taken back or ran out, is left alone from then on.

        harrier schedule --store logs
        harrier schedule --store logs --tenant group:europe --threads 1 --keep-runs 30
      """
  )

  @OptionGroup var place: TenantPlace
  @OptionGroup var limits: RunOptions

  @Flag(help: "Say nothing of runs that raise no alerts.")
  var quiet = false

  @Option(help: ArgumentHelp("Days for which runs of rules are kept.", valueName: "days"))
  var keepRuns = RunRetention.standardDays

  func validate() throws {
    if keepRuns < 1 { throw ValidationError("--keep-runs must be 1 or more.") }
  }

  func run(_ console: Console) throws -> Int32 {
    let end = EndFlag()
    Interrupts.handle(hearsTermination: true) { end.set() }
    Machine.yieldToOthers()
    let opened = try place.openRules()
    let lock = try LocalFileSystem().lockExclusively(place.store + "/SCHEDULER")
    return try withExtendedLifetime(lock) {
      try opened.detections.breakLeases(of: Self.owner)
      try work(opened, end, console)
      return 0
    }
  }

  private static let owner = "schedule"

  private func work(_ opened: OpenedRules, _ end: EndFlag, _ console: Console) throws {
    var watch = try watch(opened)
    console.note("\(Self.told(opened.tenants)); Ctrl-C ends that")
    var seen: Int64?
    while !end.isSet {
      if let changed = try watch.change(place.selection) {
        try tell(changed.tenants, before: watch.opened.tenants, console)
        watch = try self.watch(changed)
        seen = nil
      }
      let version = try watch.events.refresh()
      let tick = try watch.scheduler.tick(hasNews: version != seen)
      // What waits for its turn has not seen the rows yet.
      if !tick.isBehind { seen = version }
      try tell(tick.runs, watch.opened, console)
      try watch.response?.step(console)
      if tick.isBehind { continue }
      if tick.runs.isEmpty, let report = try watch.retention.step() {
        try tell(report, watch.opened, console)
      }
      try rest(after: tick, opened.detections.now, end) { try watch.events.refresh() != version }
    }
  }

  /// Makes ready to run the rules.
  func watch(_ opened: OpenedRules) throws -> ScheduleWatch {
    try ScheduleWatch(opened, place.selection, limits, owner: Self.owner, keepRuns: keepRuns)
  }

  private static func told(_ tenants: [String]) -> String {
    "the rules of \(Counted.text(tenants.count, "tenant")) run"
  }

  /// Says for which tenants rules run that did not, or no more.
  private func tell(_ tenants: [String], before: [String], _ console: Console) throws {
    let come = tenants.filter { !before.contains($0) }.map { "+" + $0 }
    let gone = before.filter { !tenants.contains($0) }.map { "-" + $0 }
    if come.isEmpty, gone.isEmpty { return }
    let names = TerminalText((come + gone).joined(separator: " ")).text
    console.note("\(Self.told(tenants)) now: \(names)")
  }

  private func tell(_ runs: [RunRecord], _ opened: OpenedRules, _ console: Console) throws {
    let told = runs.filter { !quiet || $0.alerts > 0 || $0.failure != nil }
    if told.isEmpty { return }
    let names = try opened.ruleNames()
    for run in told {
      let what =
        run.failure.map { "failed: \($0.code.rawValue): \($0.reason)" }
        ?? "\(run.rows) rows, \(run.newEvents) new events, \(run.alerts) alerts"
      let name = names[run.rule] ?? run.rule
      console.note(TerminalText("\(run.tenant): \(name): \(run.cause.rawValue): \(what)").text)
    }
  }

  private func tell(
    _ report: RunRetention.Report,
    _ opened: OpenedRules,
    _ console: Console
  ) throws {
    for (tenant, runs) in report.runs.sorted(by: { $0.key < $1.key }) {
      try opened.note("runs forgotten", tenant, detail: "\(runs) older than \(keepRuns) days")
    }
    let runs = report.runs.values.reduce(0, +)
    if !quiet { console.note("\(runs) runs and \(report.gaps) gaps that were old are forgotten") }
  }

  /// Waits for what is due, a second at most: changed rules want to be seen. New rows end it where
  /// a rule looks for them; asking whether there are any takes no time worth telling.
  private func rest(
    after tick: Scheduler.Tick,
    _ now: DateTime,
    _ end: EndFlag,
    hasNews: () throws -> Bool
  ) throws {
    let most = TimeSpan.ticksPerSecond
    let wanted = tick.next.map { max(0, $0.ticks - now.ticks) } ?? most
    var left = max(50, Int(min(most, wanted) / TimeSpan.ticksPerMillisecond))
    while left > 0, !end.isSet {
      let step = tick.looksForNews ? min(left, 100) : left
      Machine.pause(milliseconds: step)
      left -= step
      if tick.looksForNews, left > 0, try hasNews() { return }
    }
  }
}

/// Tells a loop that it is to end.
private final class EndFlag: Sendable {
  private let flag = Atomic<Bool>(false)

  var isSet: Bool { flag.load(ordering: .relaxed) }

  func set() { flag.store(true, ordering: .relaxed) }
}

public import Columnar
import DetectionRules
import GRDB
public import OperationalStore

/// What the incidents of a period came to, in each tenant.
public struct PeriodReport: Sendable {
  /// The figures of one tenant, or of all.
  public struct Figures: Sendable, Equatable {
    public let tenant: String
    public internal(set) var made = 0
    public internal(set) var resolved = 0
    public internal(set) var high = 0
    public internal(set) var truePositives = 0
    public internal(set) var falsePositives = 0
    public internal(set) var expected = 0
    /// Means over incidents that were acknowledged, or resolved.
    public internal(set) var toAcknowledge: TimeSpan?
    public internal(set) var toResolve: TimeSpan?
  }

  public let from: DateTime
  public let to: DateTime
  /// By the names of the tenants.
  public let tenants: [Figures]
  public let all: Figures

  public var document: ReportDocument {
    var report = ReportDocument(title: "Incidents from \(from.text) to \(to.text)")
    report.add(
      "Tenants",
      columns: [
        "Tenant", "Incidents", "High", "Resolved", "True positives", "False positives",
        "Expected activity", "MTTA", "MTTR",
      ],
      rows: (tenants.count == 1 ? tenants : tenants + [all]).map { figures in
        [
          figures.tenant, "\(figures.made)", "\(figures.high)", "\(figures.resolved)",
          "\(figures.truePositives)", "\(figures.falsePositives)", "\(figures.expected)",
          figures.toAcknowledge.map(IncidentTimes.text) ?? "",
          figures.toResolve.map(IncidentTimes.text) ?? "",
        ]
      }
    )
    return report
  }
}

extension IncidentStore {
  /// The figures of incidents that were made within a period; merged ones do not count.
  public func report(
    of tenants: [String],
    from: DateTime,
    to: DateTime
  ) throws(StoreFailure) -> PeriodReport {
    let sums = try database.read { database in
      try tenants.sorted().map { tenant in
        let incidents = try database.rows(
          prepared: """
            SELECT * FROM incidents
            WHERE tenant = ? AND created >= ? AND created < ? AND status <> 'redirected'
            """,
          arguments: [tenant, from.ticks, to.ticks],
          Incident.init
        )
        return PeriodSums(tenant: tenant, incidents: incidents)
      }
    }
    var all = PeriodSums(tenant: "all", incidents: [])
    for sum in sums { all.add(sum) }
    return PeriodReport(from: from, to: to, tenants: sums.map(\.result), all: all.result)
  }
}

/// Figures while they are put together, with the sums behind the means.
private struct PeriodSums {
  private var figures: PeriodReport.Figures
  private var acknowledged = Mean()
  private var resolving = Mean()

  private struct Mean {
    var ticks: Int64 = 0
    var count: Int64 = 0

    var value: TimeSpan? { count == 0 ? nil : TimeSpan(ticks: ticks / count) }
  }

  init(tenant: String, incidents: [Incident]) {
    figures = PeriodReport.Figures(tenant: tenant)
    for incident in incidents { add(incident) }
  }

  private mutating func add(_ incident: Incident) {
    figures.made += 1
    if incident.severity == .high { figures.high += 1 }
    if incident.status == .resolved { figures.resolved += 1 }
    switch incident.classification.classification {
    case "truePositive": figures.truePositives += 1
    case "falsePositive": figures.falsePositives += 1
    case "informationalExpectedActivity": figures.expected += 1
    default: break
    }
    let times = IncidentTimes(incident)
    Self.add(times.toAcknowledge, to: &acknowledged)
    Self.add(times.toResolve, to: &resolving)
  }

  private static func add(_ span: TimeSpan?, to mean: inout Mean) {
    guard let span else { return }
    mean.ticks += span.ticks
    mean.count += 1
  }

  mutating func add(_ other: PeriodSums) {
    figures.made += other.figures.made
    figures.resolved += other.figures.resolved
    figures.high += other.figures.high
    figures.truePositives += other.figures.truePositives
    figures.falsePositives += other.figures.falsePositives
    figures.expected += other.figures.expected
    acknowledged.ticks += other.acknowledged.ticks
    acknowledged.count += other.acknowledged.count
    resolving.ticks += other.resolving.ticks
    resolving.count += other.resolving.count
  }

  var result: PeriodReport.Figures {
    var result = figures
    result.toAcknowledge = acknowledged.value
    result.toResolve = resolving.value
    return result
  }
}

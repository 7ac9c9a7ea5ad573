public import Columnar
import DetectionRules
import GRDB
import Hunting
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
    /// Those that are closed since all of their alerts were moved away; not among ``resolved``, and
    /// not in the mean time to resolve.
    public internal(set) var emptied = 0
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
        "Expected activity", "Emptied", "MTTA", "MTTR",
      ],
      rows: (tenants.count == 1 ? tenants : tenants + [all]).map { figures in
        [
          figures.tenant, "\(figures.made)", "\(figures.high)", "\(figures.resolved)",
          "\(figures.truePositives)", "\(figures.falsePositives)", "\(figures.expected)",
          "\(figures.emptied)",
          figures.toAcknowledge.map(IncidentTimes.text) ?? "",
          figures.toResolve.map(IncidentTimes.text) ?? "",
        ]
      }
    )
    return report
  }

  /// The same as one JSON object.
  public var json: String {
    FieldListing.document([
      ("From", .time(from)), ("To", .time(to)),
      ("Tenants", .list(tenants.map { .fields([("Tenant", .text($0.tenant))] + $0.fields) })),
      ("All", .fields(all.fields)),
    ])
  }
}

extension PeriodReport.Figures {
  fileprivate var fields: Fields {
    [
      ("Incidents", .number(made)), ("High", .number(high)), ("Resolved", .number(resolved)),
      ("TruePositives", .number(truePositives)), ("FalsePositives", .number(falsePositives)),
      ("ExpectedActivity", .number(expected)), ("Emptied", .number(emptied)),
      ("MeanSecondsToAcknowledge", .seconds(toAcknowledge)),
      ("MeanSecondsToResolve", .seconds(toResolve)),
    ]
  }
}

extension IncidentStore {
  /// The figures of incidents that were made within a period; merged ones do not count.
  ///
  /// - Parameters:
  ///   - from: the first instant of the period.
  ///   - to: the first instant behind it.
  public func report(
    of tenants: [String],
    from: DateTime,
    to: DateTime
  ) throws(StoreFailure) -> PeriodReport {
    let sums = try database.read { database in
      try tenants.sorted().map { tenant -> PeriodSums in
        let incidents = try database.rows(
          prepared: """
            SELECT * FROM incidents
            WHERE tenant = ? AND created >= ? AND created < ? AND status <> 'redirected'
            """,
          arguments: [tenant, from.ticks, to.ticks],
          Incident.init
        )
        let reader = IncidentReader(database: database)
        return try PeriodSums(tenant: tenant, incidents: incidents) { incident in
          try incident.alertCount == 0 && !reader.isImported(incident)
        }
      }
    }
    var all = PeriodSums(tenant: "all", incidents: []) { _ in false }
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

  /// - Parameter isEmptied: whether an incident has no alerts any more, and is not another
  ///   product's, whose alerts may be elsewhere.
  init(
    tenant: String,
    incidents: [Incident],
    isEmptied: (Incident) throws -> Bool
  ) rethrows {
    figures = PeriodReport.Figures(tenant: tenant)
    for incident in incidents { add(incident, isEmptied: try isEmptied(incident)) }
  }

  private mutating func add(_ incident: Incident, isEmptied: Bool) {
    figures.made += 1
    if incident.severity == .high { figures.high += 1 }
    if isEmptied { figures.emptied += 1 }
    if incident.status == .resolved, !isEmptied { figures.resolved += 1 }
    switch incident.classification.classification {
    case "truePositive": figures.truePositives += 1
    case "falsePositive": figures.falsePositives += 1
    case "informationalExpectedActivity": figures.expected += 1
    default: break
    }
    let times = IncidentTimes(incident)
    Self.add(times.toAcknowledge, to: &acknowledged)
    if !isEmptied { Self.add(times.toResolve, to: &resolving) }
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
    figures.emptied += other.figures.emptied
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

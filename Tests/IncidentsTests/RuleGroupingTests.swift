import Alerts
import Columnar
import DetectionRules
import FileAccess
import GRDB
import HarrierTesting
import OperationalStore
import StructuredText
import Testing

@testable import Incidents

/// What Sentinel's rules say of incidents: whether they make some, and how alerts are grouped.
struct RuleGroupingTests {
  /// Raises alerts of a rule as detections do, and puts them into incidents.
  private struct World {
    let alerts: AlertWorld
    var store: IncidentStore { alerts.store }
    let rule: IncidentSettings

    init(_ configuration: String) throws {
      alerts = try AlertWorld()
      let text = """
        {"id":"r1","name":"n","severity":"High","kind":"Scheduled","query":"T",
        "queryFrequency":"1h","queryPeriod":"1h","triggerOperator":"gt",
        "triggerThreshold":0,"description":"#DONT_CORR#",
        "incidentConfiguration":\(configuration)}
        """
      let file = RuleFile(Array(text.utf8), format: .json)
      rule = try #require(file.rules.first, "\(file.problems)").incidents
    }

    /// - Parameter minute: when it was raised.
    func raise(
      _ id: String,
      minute: Int64 = 0,
      title: String = "Title",
      severity: String = "high",
      detail: String = "",
      _ entities: Entity?...
    ) throws {
      let time = 639_036_432_000_000_000 + minute * 60 * 10_000_000
      try store.write { writer in
        try writer.run(
          """
          INSERT INTO alerts (id, key, tenant, rule, run, signature, title, description, severity,
            category, tactics, techniques, service_source, detection_source, status, first_time,
            last_time, created, updated, events, stands_for, is_correlated, incident_settings)
          VALUES (?1, ?1, 't', 'r1', 1, '', ?2, '', ?3, 'Execution', '[]', '[]',
            'Microsoft Sentinel', 'scheduledAlerts', 'new', ?4, ?4, ?4, ?4, 1, 1, ?5, ?6)
          """,
          [
            id, title, severity, time, !rule.isExcludedFromCorrelation,
            StoredIncidentSettings.text(rule),
          ]
        )
        for (position, entity) in entities.compactMap({ $0 }).enumerated() {
          try writer.run(
            """
            INSERT INTO alert_entities (alert, position, kind, is_impacted, is_strong, identifiers)
            VALUES (?, ?, ?, 1, 1, ?)
            """,
            [id, position, entity.kind.rawValue, StoredJSON.mapping(entity)]
          )
        }
        if !detail.isEmpty {
          try writer.run(
            "INSERT INTO alert_details VALUES (?, 0, 'custom', 'Desk', ?)",
            [id, detail]
          )
        }
        try writer.send("alertCreated", id, "t")
      }
      _ = try IncidentPipeline(store).run()
    }

    /// The alerts of each incident.
    func groups() throws -> [[String]] {
      let all = try store.incidents(
        of: ["t"],
        filter: try IncidentFilter(reading: "status=active,inProgress,resolved"),
        order: IncidentOrder(.number, descending: false)
      )
      return try all.incidents.map { try store.details(of: $0).alerts.map(\.id).sorted() }
    }
  }

  private let host = Entity(.host, [("HostName", "h"), ("NTDomain", "c")], isImpactedAsset: true)
  private let other = Entity(.host, [("HostName", "o"), ("NTDomain", "c")], isImpactedAsset: true)
  private let user = Entity(.account, [("FullName", "ann@c.com")], isImpactedAsset: true)

  @Test("M15: AnyAlert groups all alerts of the rule over its time, and says so")
  func any() throws {
    let world = try World(
      #"{"createIncident":true,"groupingConfiguration":{"enabled":true,"lookbackDuration":"PT1H","#
        + #""matchingMethod":"AnyAlert"}}"#
    )
    try world.raise("a1", host)
    try world.raise("a2", minute: 30, other)
    try world.raise("a3", minute: 95, host)
    #expect(try world.groups() == [["a1", "a2"], ["a3"]], "65 minutes are more than an hour")
    let links = try world.alerts.details(1).links
    #expect(links["a2"]?.map(\.reason) == ["alertGrouping"])
    #expect(links["a2"]?.map(\.shared) == ["grouping:AnyAlert"])
    #expect(links["a2"]?.map(\.other) == ["a1"])
  }

  @Test("M15: AllEntities groups alerts whose entities are the same") func entities() throws {
    let world = try World(#"{"groupingConfiguration":{"enabled":true}}"#)
    try world.raise("a1", host, user)
    try world.raise("a2", minute: 1, user, host)
    try world.raise("a3", minute: 2, user)
    #expect(try world.groups() == [["a1", "a2"], ["a3"]])
  }

  @Test("M15: Selected groups by kinds of entities, details and custom details")
  func chosen() throws {
    let world = try World(
      #"{"groupingConfiguration":{"enabled":true,"matchingMethod":"Selected","groupByEntities":"#
        + #"["Host"],"groupByAlertDetails":["Severity"],"groupByCustomDetails":["desk"]}}"#
    )
    try world.raise("a1", title: "x", detail: "front", host, user)
    try world.raise("a2", minute: 1, title: "y", detail: "front", host)
    try world.raise("a3", minute: 2, detail: "back", host)
    try world.raise("a4", minute: 3, severity: "low", detail: "front", host)
    try world.raise("a5", minute: 4, detail: "front", other)
    #expect(try world.groups() == [["a1", "a2"], ["a3"], ["a4"], ["a5"]])
  }

  @Test("G20: a rule that asks to reopen incidents gets a new one; the closed one says why")
  func reopen() throws {
    let world = try World(
      #"{"groupingConfiguration":{"enabled":true,"reopenClosedIncident":true,"#
        + #""matchingMethod":"AnyAlert"}}"#
    )
    try world.raise("a1", host)
    var change = IncidentChange()
    change.status = .resolved
    let first = IncidentReference(tenant: "t", number: 1)
    _ = try world.store.apply(change, to: [first], by: world.alerts.analyst)
    try world.raise("a2", minute: 5, host)
    #expect(try world.groups() == [["a1"], ["a2"]])
    let history = try world.alerts.details(1).history
    #expect(history.contains { $0.action == "grouping" && $0.alert == "a2" })
    #expect(try world.store.incident(first).status == .resolved)
  }

  @Test("M15: grouping leaves an incident out whose evidence is full") func fullEvidence() throws {
    let world = try World(
      #"{"groupingConfiguration":{"enabled":true,"matchingMethod":"AnyAlert"}}"#
    )
    try world.raise("a1", host)
    try world.alerts.fillEvidence(to: IncidentStore.mostEntities)
    try world.raise("a2", minute: 1, host)
    try world.raise("a3", minute: 2, other)
    try world.raise("a4", minute: 3, other)
    #expect(try world.groups() == [["a1", "a2"], ["a3", "a4"]])
  }

  @Test("M15: grouping is full at 150 alerts; the next one opens another incident")
  func full() throws {
    let world = try World(
      #"{"groupingConfiguration":{"enabled":true,"matchingMethod":"AnyAlert"}}"#
    )
    for number in 0...IncidentStore.mostAlerts { try world.raise("a\(number)", host) }
    #expect(try world.groups().map(\.count) == [150, 1])
  }

  @Test("M16: an alert whose rule makes no incidents is in none until somebody moves it")
  func none() throws {
    let world = try World(#"{"createIncident":false}"#)
    try world.raise("a1", host)
    #expect(try world.groups().isEmpty)
    var change = AlertChange()
    change.status = .resolved
    let refused = try world.store.apply(
      change,
      toAlerts: [(tenant: "t", id: "a1")],
      by: world.alerts.analyst
    )
    #expect(refused.first?.failure?.description.contains("its rule makes none") == true)
    _ = try world.store.move(
      alerts: ["a1"],
      of: "t",
      to: .new(name: nil),
      comment: "",
      by: world.alerts.analyst
    )
    #expect(try world.groups() == [["a1"]])
  }
}

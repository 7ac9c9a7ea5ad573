import GRDB
import OperationalStore
import Testing

@testable import Incidents

/// Holds lists of incidents to what plain SQL over the incidents says.
struct ListOracle {
  let store: IncidentStore

  /// Filters, and what they ask of a row of `incidents`.
  static let filters: [(text: String, sql: String)] = [
    ("", "true"), ("status=active", "status = 'active'"),
    ("status!=resolved", "status <> 'resolved'"),
    ("status=redirected", "status = 'redirected'"),
    (
      "status=active,resolved severity>=medium",
      "status IN ('active', 'resolved') AND severity >= 2"
    ),
    ("severity<medium", "severity < 2"), ("severity!=high,low", "severity NOT IN (3, 1)"),
    ("priority>40", "priority > 40"), ("priority<=30", "priority <= 30"),
    ("priority=30,35,9223372036854775807", "priority IN (30, 35)"),
    ("priority>9223372036854775807", "false"), ("alerts>=3", "alert_count >= 3"),
    ("devices=1 users!=1", "device_count = 1 AND user_count <> 1"),
    ("services<1", "service_count < 1"),
    ("created>=2026-01-11", "created >= 639036864000000000"),
    ("created=2026-01-11,2026-01-12", "created IN (639036864000000000, 639037728000000000)"),
    ("assignee=none", "assigned_to IS NULL"), ("assignee=me", "assigned_to = 'ann'"),
    ("assignee!=me", "assigned_to IS NOT 'ann'"),
    ("assignee=none,bob", "(assigned_to IS NULL OR assigned_to = 'bob')"),
    ("classification=truePositive", "classification = 'truePositive'"),
    ("determination!=phishing", "determination <> 'phishing'"),
    ("determination~ISH", "instr(determination, 'ish') > 0"),
    ("name~Name", "instr(lower(name), 'name') > 0"),
    ("name=\"name 7\"", "lower(name) = 'name 7'"), ("tag=TAG1", tagged("lower(tag) = 'tag1'")),
    ("tag!=tag1", "NOT " + tagged("tag = 'tag1'")),
    (
      "tag=tag1,tag2 tag!=tag3",
      tagged("tag IN ('tag1', 'tag2')") + " AND NOT " + tagged("tag = 'tag3'")
    ),
    ("tag~ag", tagged("instr(lower(tag), 'ag') > 0")),
    ("category=execution", facet("category", "value = 'execution'")),
    ("category!=execution", "NOT " + facet("category", "value = 'execution'")),
    ("category~ex", facet("category", "instr(value, 'ex') > 0")),
    ("alert-severity=high", facet("alertSeverity", "value = 'high'")),
    ("service~endpoint", facet("serviceSource", "instr(value, 'endpoint') > 0")),
    ("categories>=2", "\(members("category")) >= 2"), ("tags=0", "\(tags) = 0"),
    ("tags>1 tags!=3", "\(tags) > 1 AND \(tags) <> 3"),
    ("category=\"Lateral movement\"", facet("category", "value = 'lateralmovement'")),
    ("alert-severity>=medium", facet("alertSeverity", "value IN ('medium', 'high')")),
    ("technique=t1059", "false"), ("entity=u3@c.com", facet("entity", "value = 'u3@c.com'")),
    ("entity!=u3@c.com", "NOT " + facet("entity", "value = 'u3@c.com'")),
    ("entity~u1", facet("entity", "instr(value, 'u1') > 0")),
  ]

  /// Orders, and the columns behind them.
  static let orders: [(key: IncidentOrder.Key, column: String)] = [
    (.updated, "updated"), (.created, "created"), (.activity, "last_activity"),
    (.first, "first_activity"), (.priority, "priority"), (.severity, "severity"),
    (.status, "status"), (.name, "name"), (.alerts, "alert_count"), (.devices, "device_count"),
    (.users, "user_count"), (.mailboxes, "mailbox_count"), (.assignee, "assigned_to"),
    (.tenant, "tenant"), (.number, "number"), (.classification, "classification"),
  ]

  private static func members(_ kind: String) -> String {
    "(SELECT count(*) FROM incident_facets WHERE kind = '\(kind)' AND incident = incidents.id)"
  }

  private static let tags =
    "(SELECT count(DISTINCT lower(tag)) FROM incident_tags WHERE incident = incidents.id)"

  private static func tagged(_ condition: String) -> String {
    "id IN (SELECT incident FROM incident_tags WHERE \(condition))"
  }

  private static func facet(_ kind: String, _ condition: String) -> String {
    "id IN (SELECT incident FROM incident_facets WHERE kind = '\(kind)' AND \(condition))"
  }

  /// Compares all filters in one order each, and all orders, upwards and downwards.
  func check(tenants: [String] = ["t"], limit: Int = 20, offset: Int = 3) throws {
    for (index, filter) in Self.filters.enumerated() {
      let order = Self.orders[index % Self.orders.count]
      try compare(filter, order, index % 2 == 0, tenants, limit, offset)
    }
    for order in Self.orders {
      for isDescending in [true, false] {
        try compare(Self.filters[0], order, isDescending, tenants, limit, 0)
      }
    }
  }

  private func compare(
    _ filter: (text: String, sql: String),
    _ order: (key: IncidentOrder.Key, column: String),
    _ isDescending: Bool,
    _ tenants: [String],
    _ limit: Int,
    _ offset: Int
  ) throws {
    let page = try store.incidents(
      of: tenants,
      filter: try IncidentFilter(reading: filter.text),
      order: IncidentOrder(order.key, descending: isDescending),
      me: "ann",
      limit: limit,
      offset: offset
    )
    let direction = isDescending ? "DESC" : "ASC"
    let names = tenants.map { "'\($0)'" }.joined(separator: ",")
    let standing = filter.text.contains("status") ? "true" : "status <> 'redirected'"
    let condition = "(\(filter.sql)) AND \(standing) AND tenant IN (\(names))"
    let (ids, total) = try store.database.read { database in
      let ids = try Int64.fetchAll(
        database,
        sql: """
          SELECT id FROM incidents WHERE \(condition)
          ORDER BY \(order.column) \(direction), id \(direction) LIMIT \(limit) OFFSET \(offset)
          """
      )
      let total = try Int.fetchOne(
        database,
        sql: "SELECT count(*) FROM incidents WHERE \(condition)"
      )
      return (ids, total)
    }
    #expect(page.incidents.map(\.id) == ids, "\(filter.text) by \(order.key) \(direction)")
    #expect(page.total == total, "\(filter.text)")
  }
}

import GRDB
public import OperationalStore

extension DetectionStore {
  /// The rules at work in some tenants, with their last runs and the number of their alerts.
  public func items(in tenants: Set<String>) throws(StoreFailure) -> [RuleListing.Item] {
    let rules = Dictionary(
      try rules().map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var items: [RuleListing.Item] = []
    for assignment in try assignments() where tenants.contains(assignment.tenant) {
      guard let rule = rules[assignment.rule] else { continue }
      items.append(
        RuleListing.Item(
          assignment: assignment,
          rule: rule,
          lastRun: try runs(of: rule.id, in: assignment.tenant, last: 1).first,
          alerts: try alertCount(assignment.tenant, rule.id)
        )
      )
    }
    return items
  }

  /// How many alerts a rule raised in a tenant.
  public func alertCount(_ tenant: String, _ rule: String) throws(StoreFailure) -> Int {
    try database.read { database in
      try Int.fetchOne(
        database,
        sql: "SELECT count(*) FROM alerts WHERE tenant = ? AND rule = ?",
        arguments: [tenant, rule]
      ) ?? 0
    }
  }
}

import Columnar
public import DetectionRules
import StructuredText

/// What a rule says of incidents, as its alerts keep it: JSON on one line.
///
/// Alerts keep it because a rule may be changed or deleted before they are put into incidents.
public enum StoredIncidentSettings {
  /// nil where the rule says nothing that differs from other rules.
  public static func text(_ settings: IncidentSettings) -> String? {
    var members: [(String, String)] = []
    if !settings.createsIncidents { members.append(("createIncident", "false")) }
    if let grouping = settings.grouping {
      members += [
        ("matchingMethod", grouping.matching.rawValue),
        ("lookbackTicks", "\(grouping.lookback.ticks)"),
        ("reopenClosedIncident", "\(grouping.reopensClosed)"),
        ("groupByEntities", StoredJSON.list(grouping.entities.map(\.rawValue))),
        ("groupByAlertDetails", StoredJSON.list(grouping.details.map(\.rawValue))),
        ("groupByCustomDetails", StoredJSON.list(grouping.customDetails)),
      ]
    }
    return members.isEmpty ? nil : StoredJSON.mapping(members)
  }

  public static func settings(_ text: String?) -> IncidentSettings {
    var settings = IncidentSettings()
    guard let text else { return settings }
    let members = Dictionary(StoredJSON.members(text), uniquingKeysWith: { first, _ in first })
    func list(_ key: String) -> [String] { StoredJSON.texts(members[key] ?? "[]") }
    settings.createsIncidents = members["createIncident"] != "false"
    guard
      let matching = members["matchingMethod"].flatMap({ AlertGrouping.Matching(rawValue: $0) }),
      let ticks = members["lookbackTicks"].flatMap({ Int64($0) })
    else { return settings }
    var grouping = AlertGrouping(matching, lookback: TimeSpan(ticks: ticks))
    grouping.reopensClosed = members["reopenClosedIncident"] == "true"
    grouping.entities = list("groupByEntities").compactMap { EntityKind(rawValue: $0) }
    grouping.details = list("groupByAlertDetails").compactMap {
      AlertGrouping.Detail(rawValue: $0)
    }
    grouping.customDetails = list("groupByCustomDetails")
    settings.grouping = grouping
    return settings
  }
}

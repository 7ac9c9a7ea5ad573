import Columnar
import StructuredText

/// Reads an analytics rule of Microsoft Sentinel: the YAML of its public repositories, or the
/// properties of an ARM resource.
struct SentinelRuleReader {
  private let node: DocumentNode
  private let kindNode: DocumentNode?
  var fields: FieldReader
  /// The name of an ARM resource, which is the rule's id.
  var resourceName: String?

  init(_ node: DocumentNode, kind: DocumentNode?, _ document: TextDocument) {
    self.node = node
    kindNode = kind
    fields = FieldReader(document)
  }

  mutating func read() -> DetectionRule? {
    let nameKey = node["name"] == nil && node["displayName"] != nil ? "displayName" : "name"
    let name = fields.required(nameKey, of: node, .name)
    let severity = fields.severity(of: node)
    let kind = kind()
    guard let query = fields.query("query", of: node), let name else { return nil }
    let overrides = node["alertDetailsOverride"]
    var rule = DetectionRule(
      kind: kind,
      id: identity(name),
      name: name,
      title: Template(override("alertDisplayNameFormat", of: overrides, .title) ?? name),
      description: Template(
        override("alertDescriptionFormat", of: overrides, .description)
          ?? fields.text("description", of: node, .description) ?? ""
      ),
      severity: severity,
      tactics: fields.texts("tactics", of: node).compactMap {
        fields.tactic($0.text, at: $0.place)
      },
      techniques: techniques(),
      query: query,
      schedule: schedule(kind)
    )
    rule.trigger = trigger(kind)
    rule.grouping = grouping()
    rule.entities = fields.mappings("entityMappings", of: node).compactMap { entity($0) }
    rule.customDetails = fields.details("customDetails", of: node)
    rule.overrides = columns(of: overrides)
    if fields.boolean("suppressionEnabled", of: node) == true {
      rule.suppression = fields.duration("suppressionDuration", of: node, .suppression)
    }
    rule.incidents = incidents(description: rule.description.source)
    rule.isEnabled = fields.boolean("enabled", of: node) ?? true
    rule.places = fields.places
    return rule
  }

  /// The stated id, the name of the ARM resource, or the rule's name.
  private mutating func identity(_ name: String) -> String {
    if let id = fields.text("id", of: node, .id) { return id }
    return resourceName ?? name
  }

  private mutating func kind() -> DetectionRule.Kind {
    switch kindNode?.text?.lowercased() {
    case nil, "scheduled": return .sentinelScheduled
    case "nrt": return .sentinelNearRealTime
    case .some(let other):
      fields.refuse(
        "HD007",
        "rules of kind '\(other)' do not run here",
        at: kindNode,
        [
          "Scheduled", "NRT",
        ]
      )
      return .sentinelScheduled
    }
  }

  private mutating func techniques() -> [String] {
    let key = node["relevantTechniques"] == nil ? "techniques" : "relevantTechniques"
    let found = fields.texts(key, of: node)
    fields.places[.techniques] = found.first?.place
    return found.map(\.text)
  }

  private mutating func schedule(_ kind: DetectionRule.Kind) -> RuleSchedule {
    let hour = TimeSpan(ticks: TimeSpan.ticksPerHour)
    let frequency = fields.duration("queryFrequency", of: node, .frequency)
    let period = fields.duration("queryPeriod", of: node, .lookback)
    if kind == .sentinelNearRealTime {
      return RuleSchedule(frequency: nil, lookback: period ?? hour)
    }
    for (key, value) in [("queryFrequency", frequency), ("queryPeriod", period)]
    where value == nil && node[key] == nil {
      fields.problems.append(RuleProblem("HD003", "'\(key)' is missing", at: node.place))
    }
    return RuleSchedule(
      frequency: frequency ?? hour,
      lookback: period ?? hour,
      delay: RuleSchedule.sentinelDelay
    )
  }

  private mutating func trigger(_ kind: DetectionRule.Kind) -> Trigger {
    if kind == .sentinelNearRealTime { return .anyRow }
    var trigger = Trigger.anyRow
    if let text = fields.text("triggerOperator", of: node, .triggerComparison) {
      if let comparison = Trigger.Comparison(reading: text) {
        trigger.comparison = comparison
      } else {
        fields.refuse(
          "HD008",
          "'\(text)' is no operator of a trigger",
          at: node["triggerOperator"],
          [
            "gt", "lt", "eq", "ne",
          ]
        )
      }
    }
    trigger.threshold = fields.integer("triggerThreshold", of: node, .triggerThreshold) ?? 0
    return trigger
  }

  private mutating func grouping() -> DetectionRule.Grouping {
    guard let settings = node["eventGroupingSettings"],
      let text = fields.text("aggregationKind", of: settings, .grouping)
    else { return .singleAlert }
    switch text.lowercased() {
    case "singlealert": return .singleAlert
    case "alertperresult": return .alertPerEvent
    default:
      fields.refuse(
        "HD009",
        "'\(text)' is no way to group events",
        at: settings["aggregationKind"],
        [
          "SingleAlert", "AlertPerResult",
        ]
      )
      return .singleAlert
    }
  }

  private mutating func entity(_ node: DocumentNode) -> EntityMapping? {
    guard let text = fields.required("entityType", of: node) else { return nil }
    guard let kind = EntityKind(reading: text) else {
      fields.refuse(
        "HD010",
        "'\(text)' is no kind of entity",
        at: node["entityType"],
        EntityKind.allCases.map(\.rawValue)
      )
      return nil
    }
    var identifiers: [EntityMapping.Identifier] = []
    for mapping in fields.mappings("fieldMappings", of: node) {
      guard let name = fields.required("identifier", of: mapping),
        let column = fields.required("columnName", of: mapping)
      else { continue }
      let known = kind.identifiers.first { $0.lowercased() == name.lowercased() }
      if known == nil {
        fields.refuse(
          "HD011",
          "'\(name)' identifies no entity of kind '\(kind.rawValue)'",
          at: mapping["identifier"],
          kind.identifiers
        )
      }
      let reference = ColumnReference(column, at: mapping["columnName"]?.place ?? .none)
      identifiers.append(EntityMapping.Identifier(known ?? name, reference))
    }
    return EntityMapping(kind, identifiers, isImpactedAsset: kind.isAsset, at: node.place)
  }

  private mutating func override(
    _ key: String,
    of node: DocumentNode?,
    _ part: RulePart
  ) -> String? { node.flatMap { fields.text(key, of: $0, part) } }

  private mutating func columns(of node: DocumentNode?) -> AlertOverrides {
    var overrides = AlertOverrides()
    guard let node else { return overrides }
    overrides.severity = column("alertSeverityColumnName", of: node)
    overrides.tactics = column("alertTacticsColumnName", of: node)
    for property in fields.mappings("alertDynamicProperties", of: node) {
      guard let label = fields.required("alertProperty", of: property),
        let column = column("value", of: property)
      else { continue }
      overrides.properties.append(CustomDetail(label, column))
    }
    return overrides
  }

  private mutating func column(_ key: String, of node: DocumentNode) -> ColumnReference? {
    guard let name = fields.text(key, of: node), !name.isEmpty else { return nil }
    return ColumnReference(name, at: node[key]?.place ?? .none)
  }

  /// What the rule says of incidents; the tags at the start of the description are the Defender
  /// portal's.
  private mutating func incidents(description: String) -> IncidentSettings {
    var settings = IncidentSettings()
    if let node = node["incidentConfiguration"] {
      settings.createsIncidents = fields.boolean("createIncident", of: node) ?? true
      settings.grouping = node["groupingConfiguration"].flatMap { alertGrouping($0) }
    }
    let start = description.lowercased().filter { $0 != " " }.prefix(16)
    settings.isExcludedFromCorrelation = start.hasPrefix("#dont_corr#")
    return settings
  }

  /// How alerts are grouped; nil where that is off.
  private mutating func alertGrouping(_ node: DocumentNode) -> AlertGrouping? {
    guard fields.boolean("enabled", of: node) ?? false else { return nil }
    var matching = AlertGrouping.Matching.allEntities
    if let word = fields.text("matchingMethod", of: node) {
      if let found = AlertGrouping.Matching.allCases.first(where: {
        $0.rawValue.lowercased() == word.lowercased()
      }) {
        matching = found
      } else if let value = node["matchingMethod"] {
        fields.wrong("matchingMethod", "AllEntities, AnyAlert or Selected", value)
      }
    }
    // Checks say what is wrong with the rest; what is none of the legal words chooses nothing.
    let lookback = fields.text("lookbackDuration", of: node).flatMap { RuleDuration.read($0) }
    var grouping = AlertGrouping(matching, lookback: lookback ?? AlertGrouping.usualLookback)
    grouping.reopensClosed = fields.boolean("reopenClosedIncident", of: node) ?? false
    grouping.entities = fields.texts("groupByEntities", of: node)
      .compactMap { EntityKind(reading: $0.text) }
    grouping.details = fields.texts("groupByAlertDetails", of: node).compactMap { item in
      AlertGrouping.Detail.allCases.first { $0.rawValue.lowercased() == item.text.lowercased() }
    }
    grouping.customDetails = fields.texts("groupByCustomDetails", of: node).map(\.text)
    return grouping
  }
}

extension EntityKind {
  /// Whether entities of the kind are assets, which tell alerts apart, and not what was found
  /// beside them.
  var isAsset: Bool {
    switch self {
    case .account, .host, .mailbox, .cloudApplication, .azureResource, .amazonResource,
      .googleCloudResource, .iotDevice:
      true
    default: false
    }
  }
}

import Columnar
import StructuredText

/// Reads a custom detection of Defender in the shape of Graph's `detectionRule`, both the older
/// family (`period`, `impactedAssets`, `responseActions`) and the newer one (`frequency`,
/// `entityMappings`, `automatedActions`).
struct GraphRuleReader {
  private let node: DocumentNode
  var fields: FieldReader

  init(_ node: DocumentNode, _ document: TextDocument) {
    self.node = node
    fields = FieldReader(document)
  }

  mutating func read() -> DetectionRule? {
    let name = fields.required("displayName", of: node, .name)
    guard let condition = mapping("queryCondition", of: node),
      let action = mapping("detectionAction", of: node),
      let template = mapping("alertTemplate", of: action)
    else { return nil }
    let severity = fields.severity(of: template)
    let title = fields.required("title", of: template, .title)
    let query = fields.query("queryText", of: condition)
    let classes = classes(of: template)
    let schedule = schedule()
    guard let name, let query, let title else { return nil }
    var rule = DetectionRule(
      kind: .customDetection,
      id: fields.text("id", of: node, .id) ?? name,
      name: name,
      title: Template(title),
      description: Template(fields.text("description", of: template, .description) ?? ""),
      severity: severity,
      tactics: classes.tactics,
      techniques: classes.techniques,
      query: query,
      schedule: schedule
    )
    rule.recommendedActions = fields.text("recommendedActions", of: template)
    rule.grouping = grouping(template)
    rule.entities = assets(template) + mappings(template)
    rule.customDetails = fields.details("customDetails", of: template)
    rule.actions = GraphActionReader.read(action, &fields)
    finish(&rule, action)
    return rule
  }

  private mutating func finish(_ rule: inout DetectionRule, _ action: DocumentNode) {
    if let scope = action["organizationalScope"] {
      let key = scope["deviceGroups"] == nil ? "scopeNames" : "deviceGroups"
      rule.deviceGroups = fields.texts(key, of: scope).map(\.text)
    }
    if let settings = action["incidentConfiguration"] {
      rule.incidents.isExcludedFromCorrelation =
        fields.boolean("isExcludedFromIncidentCorrelation", of: settings) ?? false
    }
    let status = fields.text("status", of: node)?.lowercased()
    rule.isEnabled =
      fields.boolean("isEnabled", of: node)
      ?? !(status?.hasSuffix("abled") == true && status != "enabled")
    rule.places = fields.places
  }

  private mutating func mapping(_ key: String, of node: DocumentNode) -> DocumentNode? {
    guard let value = node[key] else {
      fields.problems.append(RuleProblem("HD003", "'\(key)' is missing", at: node.place))
      return nil
    }
    if case .mapping = value.content { return value }
    fields.wrong(key, "a mapping", value)
    return nil
  }

  private mutating func schedule() -> RuleSchedule {
    guard let schedule = mapping("schedule", of: node) else {
      return RuleSchedule(frequency: nil, lookback: TimeSpan(ticks: 0))
    }
    let frequency: TimeSpan?
    if schedule["frequency"] != nil {
      frequency = fields.duration("frequency", of: schedule, .frequency)
    } else {
      frequency = fields.duration("period", of: schedule, .frequency)
      if schedule["period"] == nil {
        fields.problems.append(
          RuleProblem("HD003", "neither 'frequency' nor 'period' is there", at: schedule.place)
        )
      }
    }
    let lookback = fields.duration("lookback", of: schedule, .lookback)
    let every = frequency.flatMap { $0.ticks == 0 ? nil : $0 }
    return RuleSchedule(
      frequency: every,
      lookback: lookback ?? RuleSchedule.defenderLookback(of: every)
    )
  }

  /// Tactics and techniques of either family.
  private mutating func classes(
    of template: DocumentNode
  ) -> (tactics: [Tactic], techniques: [String]) {
    var tactics: [Tactic] = []
    var techniques = fields.texts("mitreTechniques", of: template)
    if let category = fields.text("category", of: template, .tactics),
      let tactic = fields.tactic(category, at: template["category"]?.place ?? .none)
    {
      tactics.append(tactic)
    }
    for group in fields.mappings("tactics", of: template) {
      guard let text = fields.required("tactic", of: group) else { continue }
      if let tactic = fields.tactic(text, at: group["tactic"]?.place ?? .none) {
        tactics.append(tactic)
      }
      for technique in fields.mappings("techniques", of: group) {
        techniques += fields.texts("technique", of: technique)
        techniques += fields.texts("subTechniques", of: technique)
      }
    }
    fields.places[.techniques] = techniques.first?.place
    return (tactics, techniques.map(\.text))
  }

  private mutating func grouping(_ template: DocumentNode) -> DetectionRule.Grouping {
    guard let text = fields.text("eventGroupingKind", of: template, .grouping) else {
      return .alertPerEvent
    }
    if let grouping = DetectionRule.Grouping(rawValue: text) { return grouping }
    fields.refuse(
      "HD009",
      "'\(text)' is no way to group events",
      at: template["eventGroupingKind"],
      [
        "alertPerEvent", "singleAlert",
      ]
    )
    return .alertPerEvent
  }

  /// The impacted assets of the older family, whose identifiers are names of columns.
  private mutating func assets(_ template: DocumentNode) -> [EntityMapping] {
    fields.mappings("impactedAssets", of: template).compactMap { asset in
      guard let type = fields.required("@odata.type", of: asset),
        let identifier = fields.required("identifier", of: asset)
      else { return nil }
      guard let group = GraphAssets.group(ofType: type) else {
        fields.refuse(
          "HD010",
          "'\(type)' is no kind of impacted asset",
          at: asset["@odata.type"],
          GraphAssets.groups.map { GraphAssets.typePrefix + $0.type }
        )
        return nil
      }
      let place = asset["identifier"]?.place ?? .none
      guard let known = group.identifiers.first(where: { $0.name == identifier }) else {
        fields.refuse(
          "HD011",
          "'\(identifier)' identifies no \(group.title)",
          at: asset["identifier"],
          group.identifiers.map(\.name)
        )
        return nil
      }
      let column = ColumnReference(GraphAssets.column(of: identifier), at: place)
      return EntityMapping(
        group.kind,
        [EntityMapping.Identifier(known.meaning, column)],
        isImpactedAsset: true,
        at: asset.place
      )
    }
  }

  /// The entity mappings of the newer family.
  private mutating func mappings(_ template: DocumentNode) -> [EntityMapping] {
    guard let groups = template["entityMappings"] else { return [] }
    guard case .mapping(let members) = groups.content else {
      fields.wrong("entityMappings", "a mapping of kinds to lists", groups)
      return []
    }
    fields.places[.entities] = groups.place
    return members.filter { !$0.key.hasPrefix("@") && !$0.value.isNull }.flatMap { member in
      guard let group = GraphMappings.groups[member.key] else {
        fields.problems.append(
          RuleProblem(
            "HD010",
            "'\(member.key)' is no kind of entity",
            at: member.keyPlace,
            help: "it is one of " + GraphMappings.groups.keys.sorted().joined(separator: ", ")
          )
        )
        return [EntityMapping]()
      }
      return fields.mappings(member.key, of: groups).map { entity(group, $0) }
    }
  }

  private mutating func entity(
    _ group: GraphMappings.Group,
    _ node: DocumentNode
  ) -> EntityMapping {
    var identifiers: [EntityMapping.Identifier] = []
    for member in node.members where !member.key.hasPrefix("@") && !member.value.isNull {
      guard let column = member.value.text else {
        fields.wrong(member.key, "the name of a column", member.value)
        continue
      }
      guard let meaning = group.identifiers[member.key] else {
        fields.problems.append(
          RuleProblem(
            "HD011",
            "'\(member.key)' identifies no entity of this kind",
            at: member.keyPlace,
            help: "it is one of " + group.identifiers.keys.sorted().joined(separator: ", ")
          )
        )
        continue
      }
      identifiers.append(
        EntityMapping.Identifier(meaning, ColumnReference(column, at: member.value.place))
      )
    }
    let kind = group.kind
    return EntityMapping(kind, identifiers, isImpactedAsset: kind.isAsset, at: node.place)
  }
}

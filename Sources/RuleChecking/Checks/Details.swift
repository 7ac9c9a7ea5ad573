import DetectionRules
import SourceText
import StructuredText

extension RuleCheck {
  static let detailColumnMissing = RuleCheck(
    "HD306",
    "detail-column-missing",
    .error,
    "a custom detail is a column that the result has not",
    explanation: "Custom details show columns of the result, whose names are case-sensitive.",
    example: .sentinel {
      $0.more = ["customDetails:", "  Count: failures"]
    } good: {
      $0.more = ["customDetails:", "  Count: Failures"]
    }
  ) { context in
    context.rule.customDetails.compactMap { detail in
      ResultColumns.missing(detail.column, "the custom detail '\(detail.label)'", context)
    }
  }

  static let detailLimit = RuleCheck(
    "HD307",
    "detail-limit",
    .error,
    "custom details are more than 20, or more than 4 KiB",
    explanation: """
      A rule has at most 20 custom details. Labels and values of an alert are 4 KiB together: \
      values are cut to what the labels leave, so that long labels leave nothing.
      """,
    example: .sentinel {
      $0.more = ["customDetails:"] + (1...21).map { "  Count\($0): Failures" }
    } good: {
      $0.more = ["customDetails:"] + (1...20).map { "  Count\($0): Failures" }
    }
  ) { context in
    let details = context.rule.customDetails
    if details.count > CustomDetail.most {
      return [
        RuleMatch(
          "the rule has \(details.count) custom details, of which \(CustomDetail.most) are allowed",
          at: details[CustomDetail.most].column.place
        )
      ]
    }
    var bytes = 0
    let long = details.first { detail in
      bytes += detail.label.utf8.count
      return bytes >= CustomDetail.mostBytes
    }
    guard let long else { return [] }
    return [
      RuleMatch(
        "the labels of custom details take \(bytes) bytes up to here and leave no room for values",
        at: long.column.place,
        help: "shorten them: an alert has \(CustomDetail.mostBytes) bytes for labels and values"
      )
    ]
  }

  static let overrideColumnMissing = RuleCheck(
    "HD308",
    "override-column-missing",
    .error,
    "a field of the alert is taken of a column that the result has not",
    explanation: """
      'alertDetailsOverride' takes severity, tactics and further fields of columns of the result, \
      whose names are case-sensitive.
      """,
    example: .sentinel {
      $0.more = ["alertDetailsOverride:", "  alertSeverityColumnName: Severity"]
    } good: {
      $0.query = "SigninLogs | extend Severity = \"High\""
      $0.more = ["alertDetailsOverride:", "  alertSeverityColumnName: Severity"]
    }
  ) { context in
    let overrides = context.rule.overrides
    let named =
      [(overrides.severity, "the severity"), (overrides.tactics, "the list of tactics")]
      + overrides.properties.map { ($0.column, "the property '\($0.label)'") }
    return named.compactMap { column, what in
      column.flatMap { ResultColumns.missing($0, what, context) }
    }
  }

  static let groupingReference = RuleCheck(
    "HD309",
    "grouping-reference",
    .error,
    "incidents are grouped by something that the rule does not map",
    explanation: """
      With 'matchingMethod: Selected', incidents are grouped by entities that the rule maps, by \
      custom details that it has, and by DisplayName or Severity of the alert.
      """,
    example: .sentinel {
      $0.more = [
        "incidentConfiguration:", "  createIncident: true", "  groupingConfiguration:",
        "    enabled: true", "    matchingMethod: Selected", "    groupByEntities: [Host]",
      ]
    } good: {
      $0.more = [
        "incidentConfiguration:", "  createIncident: true", "  groupingConfiguration:",
        "    enabled: true", "    matchingMethod: Selected", "    groupByEntities: [Account]",
      ]
    }
  ) { context in
    guard let grouping = context.node["incidentConfiguration"]?["groupingConfiguration"],
      grouping["enabled"]?.boolean != false
    else { return [] }
    let known = [
      ("groupByEntities", "maps no", context.rule.entities.map(\.kind.rawValue)),
      ("groupByCustomDetails", "has no custom detail", context.rule.customDetails.map(\.label)),
      (
        "groupByAlertDetails", "groups by DisplayName and Severity, not by",
        ["DisplayName", "Severity"]
      ),
    ]
    return known.flatMap { key, what, names in
      (grouping[key]?.items ?? []).compactMap { item in
        guard let name = item.text,
          !names.contains(where: { $0.lowercased() == name.lowercased() })
        else { return nil }
        return RuleMatch("the rule \(what) '\(name)'", at: item.place)
      }
    }
  }
}

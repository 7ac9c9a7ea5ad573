import Columnar
import Hunting
import KQLSyntax
import QueryPlan
import SourceText

/// The tables over which Defender runs continuous rules.
enum NearRealTimeTables {
  static let names: Set<String> = [
    "AlertEvidence", "CloudAppEvents", "DeviceEvents", "DeviceFileCertificateInfo",
    "DeviceFileEvents", "DeviceImageLoadEvents", "DeviceInfo", "DeviceLogonEvents",
    "DeviceNetworkEvents", "DeviceNetworkInfo", "DeviceProcessEvents", "DeviceRegistryEvents",
    "EmailAttachmentInfo", "EmailEvents", "EmailPostDeliveryEvents", "EmailUrlInfo",
    "IdentityDirectoryEvents", "IdentityLogonEvents", "IdentityQueryEvents", "UrlClickEvents",
    // Of Sentinel, as a preview.
    "AuditLogs", "SigninLogs", "SecurityEvent", "SecurityAlert", "OfficeActivity",
    "AzureActivity", "CommonSecurityLog", "AWSCloudTrail", "AWSGuardDuty", "GCPAuditLogs",
    "MicrosoftGraphActivityLogs", "ABAPAuditLog_CL",
  ]

  static func contains(_ table: String) -> Bool {
    names.contains(table) || table.hasPrefix("Okta") && table.hasSuffix("_CL")
      || table.hasPrefix("Proofpoint") || table.hasPrefix("Cisco_Umbrella_")
  }

  /// Columns that are not there yet when a continuous rule sees the event.
  static let lateColumns = ["EmailEvents": ["LatestDeliveryAction", "LatestDeliveryLocation"]]
}

extension RuleCheck {
  static let continuousTable = RuleCheck(
    "HD201",
    "continuous-table",
    .error,
    "a continuous rule reads a table that has none",
    explanation: """
      Continuous (near-real-time) rules run over the tables of events for which Defender has a \
      stream. Over any other table, give the rule a frequency of an hour or more.
      """,
    example: .continuous {
      $0.query =
        "IdentityInfo | where AccountUpn has \"x\" | project Timestamp, ReportId, AccountUpn"
      $0.assets = ["User accountUpn"]
    }
  ) { context in
    guard context.isContinuousDefender else { return [] }
    var seen: Set<String> = []
    return context.query.allScans.compactMap { scan in
      if NearRealTimeTables.contains(scan.table) || !seen.insert(scan.table).inserted { return nil }
      return RuleMatch(
        "no continuous rule runs over '\(scan.table)'",
        at: .query(scan.span),
        help: "give the rule a frequency, such as 1H"
      )
    }
  }

  static let continuousTables = RuleCheck(
    "HD202",
    "continuous-tables",
    .error,
    "a continuous rule reads several tables",
    explanation: """
      A continuous rule looks at each event as it comes, of one table. Where two tables are to be \
      held together, give the rule a frequency.
      """,
    example: .continuous {
      $0.query = """
        DeviceEvents
        | where DeviceId in ((DeviceInfo | project DeviceId))
        | project Timestamp, DeviceId, ReportId
        """
    }
  ) { context in
    guard context.isContinuousDefender else { return [] }
    let scans = context.query.allScans
    let tables = Set(scans.map(\.table))
    guard tables.count > 1 else { return [] }
    let first = context.query.identity?.table ?? scans.first?.table
    let other = scans.first { $0.table != first }
    let list = tables.sorted().map { "'\($0)'" }.joined(separator: ", ")
    return [
      RuleMatch(
        "a continuous rule reads one table, not \(list)",
        at: .query(other?.span ?? RequiredColumns.statement(context)),
        help: "give the rule a frequency, such as 1H"
      )
    ]
  }

  static let continuousOperator = RuleCheck(
    "HD203",
    "continuous-operator",
    .error,
    "an operator that continuous rules must not have",
    explanation: """
      Continuous rules must not join, unite or read external data. Operators that look at several \
      rows, such as summarize and top, see one event at a time there: a warning.
      """,
    example: .continuous {
      $0.query = """
        DeviceEvents
        | join kind=inner (DeviceEvents | project DeviceId) on DeviceId
        | project Timestamp, DeviceId, ReportId
        """
    }
  ) { context in
    guard context.isContinuousDefender else { return [] }
    return context.query.nodes.compactMap { node in
      let isRefused = refusedOperators.contains(node.kind)
      guard isRefused || manyRowOperators.contains(node.kind) else { return nil }
      let word = node.token(.keyword).map { context.query.source.text($0.span) } ?? "it"
      return RuleMatch(
        isRefused
          ? "a continuous rule must not have '\(word)'"
          : "'\(word)' looks at several rows, and a continuous rule sees one event at a time",
        at: .query(node.span),
        help: "give the rule a frequency, such as 1H, or do without",
        severity: isRefused ? .error : .warning
      )
    }
  }

  private static let refusedOperators: Set<SyntaxKind> = [
    .joinOperator, .lookupOperator, .unionOperator, .externalData, .searchOperator, .findOperator,
  ]

  private static let manyRowOperators: Set<SyntaxKind> = [
    .summarizeOperator, .distinctOperator, .topOperator, .sortOperator, .takeOperator,
    .countOperator, .makeSeriesOperator, .sampleOperator, .topNestedOperator, .topHittersOperator,
    .partitionOperator, .scanOperator, .reduceOperator, .serializeOperator, .evaluateOperator,
  ]
}

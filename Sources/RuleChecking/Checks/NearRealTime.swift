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
    example: .defender {
      $0.period = "0"
      $0.query =
        "IdentityInfo | where AccountUpn has \"x\" | project Timestamp, ReportId, AccountUpn"
      $0.assets = ["User accountUpn"]
    } good: {
      $0.period = "0"
      $0.query = "DeviceEvents | where FileName has \"x\" | project Timestamp, DeviceId, ReportId"
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
    example: .defender {
      $0.period = "0"
      $0.query = """
        DeviceEvents
        | where DeviceId in ((DeviceInfo | project DeviceId))
        | project Timestamp, DeviceId, ReportId
        """
    } good: {
      $0.period = "0"
      $0.query = "DeviceEvents | where FileName has \"x\" | project Timestamp, DeviceId, ReportId"
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
    example: .defender {
      $0.period = "0"
      $0.query = """
        DeviceEvents
        | join kind=inner (DeviceEvents | project DeviceId) on DeviceId
        | project Timestamp, DeviceId, ReportId
        """
    } good: {
      $0.period = "0"
      $0.query = "DeviceEvents | where FileName has \"x\" | project Timestamp, DeviceId, ReportId"
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

  static let continuousComment = RuleCheck(
    "HD204",
    "continuous-comment",
    .error,
    "the query of a continuous rule has a comment",
    explanation: "Defender refuses continuous rules whose query has comments. Remove them.",
    example: .defender {
      $0.period = "0"
      $0.query =
        "// all\nDeviceEvents | where FileName has \"x\" | project Timestamp, DeviceId, ReportId"
    } good: {
      $0.period = "0"
      $0.query = "DeviceEvents | where FileName has \"x\" | project Timestamp, DeviceId, ReportId"
    }
  ) { context in
    guard context.isContinuousDefender else { return [] }
    return comments(context.query).map { span in
      RuleMatch(
        "a continuous rule must not have comments",
        at: .query(span),
        help: "remove it",
        fix: RuleFix("remove the comment", .query(span, ""))
      )
    }
  }

  /// Where comments are: what stands between tokens and is no white space.
  private static func comments(_ query: QueryFacts) -> [SourceSpan] {
    var found: [SourceSpan] = []
    query.checked.tree.root.forEachToken { token in
      var index = token.leadingTrivia.start
      while index < token.leadingTrivia.end {
        let line = query.source.lineSpan(query.source.lineIndex(at: index))
        let end = min(line.end, token.leadingTrivia.end)
        if query.source.bytes[index] == UInt8(ascii: "/"), index < end {
          found.append(SourceSpan(index, end))
          index = end
        }
        index += 1
      }
    }
    return found
  }

  static let continuousLet = RuleCheck(
    "HD205",
    "continuous-let",
    .error,
    "the query of a continuous rule has 'let'",
    explanation: "Defender refuses continuous rules with 'let'. Write the value where it is used.",
    example: .defender {
      $0.period = "0"
      $0.query = """
        let name = "x";
        DeviceEvents | where FileName has name | project Timestamp, DeviceId, ReportId
        """
    } good: {
      $0.period = "0"
      $0.query = "DeviceEvents | where FileName has \"x\" | project Timestamp, DeviceId, ReportId"
    }
  ) { context in
    guard context.isContinuousDefender else { return [] }
    return context.query.nodes.filter { $0.kind == .letStatement }.map { node in
      RuleMatch(
        "a continuous rule must not have 'let'",
        at: .query(node.span),
        help: "write the value where it is used"
      )
    }
  }

  static let continuousCall = RuleCheck(
    "HD206",
    "continuous-call",
    .error,
    "a call that continuous rules must not have",
    explanation: """
      Defender refuses continuous rules that call ingestion_time(), or tostring() of a dynamic \
      column.
      """,
    example: .defender {
      $0.period = "0"
      $0.query = """
        DeviceEvents
        | where ingestion_time() > ago(1h)
        | project Timestamp, DeviceId, ReportId
        """
    } good: {
      $0.period = "0"
      $0.query = "DeviceEvents | where FileName has \"x\" | project Timestamp, DeviceId, ReportId"
    }
  ) { context in
    guard context.isContinuousDefender else { return [] }
    let dynamic = dynamicColumns(context.query)
    return context.query.nodes.compactMap { node in
      guard let callee = context.query.callee(node) else { return nil }
      if callee == "ingestion_time" {
        return RuleMatch(
          "a continuous rule must not call ingestion_time()",
          at: .query(node.span),
          help: "leave the condition out: the rule sees new events only"
        )
      }
      guard callee == "tostring", let argument = node.child(.argument) else { return nil }
      let column = argument.kind == .path ? argument.child(.base) ?? argument : argument
      guard column.kind == .name, dynamic.contains(context.query.text(column)) else { return nil }
      return RuleMatch(
        "a continuous rule must not call tostring() of the dynamic column "
          + "'\(context.query.text(column))'",
        at: .query(node.span),
        help: "give the rule a frequency, such as 1H"
      )
    }
  }

  /// The columns that are dynamic where Defender itself has the table.
  private static func dynamicColumns(_ query: QueryFacts) -> Set<String> {
    let defender = TableSchemas.environment(.xdr)
    var names: Set<String> = []
    for scan in query.allScans {
      let declared = defender.lookup(scan.table)
      for column in scan.columns {
        let type = declared?.type(of: column.name) ?? column.type
        if type == .dynamic { names.insert(column.name) }
      }
    }
    return names
  }

  static let continuousColumn = RuleCheck(
    "HD207",
    "continuous-column",
    .error,
    "a continuous rule reads a column that is filled later",
    explanation: """
      'LatestDeliveryAction' and 'LatestDeliveryLocation' of EmailEvents change after delivery, \
      and continuous rules must not read them.
      """,
    example: .defender {
      $0.period = "0"
      $0.query = """
        EmailEvents
        | where LatestDeliveryAction == "Delivered"
        | project Timestamp, ReportId, RecipientEmailAddress
        """
      $0.assets = ["Mailbox recipientEmailAddress"]
    } good: {
      $0.period = "0"
      $0.query = """
        EmailEvents
        | where DeliveryAction == "Delivered"
        | project Timestamp, ReportId, RecipientEmailAddress
        """
      $0.assets = ["Mailbox recipientEmailAddress"]
    }
  ) { context in
    guard context.isContinuousDefender else { return [] }
    let tables = context.query.allScans.map(\.table)
    let late = Set(tables.flatMap { NearRealTimeTables.lateColumns[$0] ?? [] })
    return context.query.nodes.compactMap { node in
      guard node.kind == .name, late.contains(context.query.text(node)) else { return nil }
      let name = context.query.text(node)
      return RuleMatch(
        "'\(name)' is not known when a continuous rule sees the event",
        at: .query(node.span),
        help: "look at '\(name.dropFirst(6))' instead"
      )
    }
  }
}

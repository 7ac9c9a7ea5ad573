import DetectionRules
import KQLSyntax
import QueryPlan
import SourceText
import StructuredText

extension RuleCheck {
  static let eventIdMissing = RuleCheck(
    "HD103",
    "event-id-missing",
    .error,
    "the result lacks a column that tells the event from others",
    explanation: """
      Beside the time, a custom detection needs 'DeviceId' and 'ReportId' of the Device tables, \
      'ObservationId' of the Observation tables and 'ReportId' of all other tables of Defender but \
      the Alert tables. A rule whose result lacks them is refused.
      """,
    example: .defender {
      $0.query = "DeviceProcessEvents | project Timestamp, DeviceId"
    } good: {
      $0.query = "DeviceProcessEvents | project Timestamp, DeviceId, ReportId"
    }
  ) { context in
    guard context.isDefender, let identity = context.query.identity else { return [] }
    let known = RequiredColumns.known(identity, context)
    let missing = identity.columns.filter { context.query.lacks($0) && known.contains($0) }
    if missing.isEmpty { return [] }
    let names = missing.map { "'\($0)'" }.joined(separator: " and ")
    let message = "the result has no \(names) of '\(identity.table)'"
    return [RequiredColumns.match(message, losing: missing, identity, context)]
  }

  static let tableWithoutEvents = RuleCheck(
    "HD104",
    "table-without-events",
    .error,
    "the table has no columns that tell its events apart",
    explanation: """
      Some tables of Defender, such as those of vulnerability management, have no 'Timestamp' or \
      'ReportId': their rows are states, not events. A custom detection over such a table alone is \
      refused; join it to a table of events.
      """,
    example: .defender {
      $0.query = "DeviceTvmSoftwareInventory | project DeviceId, SoftwareName"
    } good: {
      $0.query = "DeviceInfo | project Timestamp, DeviceId, ReportId"
    }
  ) { context in
    guard context.isDefender, let identity = context.query.identity, !identity.isSentinel else {
      return []
    }
    let known = RequiredColumns.known(identity, context)
    let missing = ([identity.time] + identity.columns).filter { !known.contains($0) }
    guard !missing.isEmpty, let scan = context.query.eventScans.first else { return [] }
    let names = missing.map { "'\($0)'" }.joined(separator: ", ")
    return [
      RuleMatch(
        "'\(identity.table)' has no \(names), so no alert can be made of its rows",
        at: .query(scan.span),
        help: "look for events in another table and join this one to it"
      )
    ]
  }

  static let eventIdMixed = RuleCheck(
    "HD105",
    "event-id-mixed",
    .warning,
    "time and ids of the event come from different rows",
    explanation: """
      Defender looks for one row that has the time and the ids of the result. Two aggregates, such \
      as max(Timestamp) and take_any(ReportId), or both sides of a join give those of different \
      rows, so that the alert has no event. Take all of them from one row with one arg_max.
      """,
    example: .defender {
      $0.query = """
        DeviceProcessEvents
        | summarize arg_max(Timestamp, FileName), ReportId = take_any(ReportId) by DeviceId
        """
    } good: {
      $0.query = """
        DeviceProcessEvents
        | summarize arg_max(Timestamp, FileName, ReportId) by DeviceId
        """
    }
  ) { context in
    let query = context.query
    guard context.isDefender, query.isSound, let identity = query.identity,
      let time = query.origin(of: identity.time)?.own
    else { return [] }
    return identity.columns.compactMap { name in
      guard let origin = query.origin(of: name) else { return nil }
      if let column = origin.own, column.name == name, column.isOfSameRow(as: time) { return nil }
      let loss = LossSearch(query) { origins in
        guard let time = origins[identity.time]?.own, let own = origins[name]?.own else {
          return false
        }
        return own.name == name && own.isOfSameRow(as: time)
      }
      let message =
        origin.own == nil
        ? "'\(name)' is not the table's own"
        : "'\(name)' is of another row than '\(identity.time)'"
      return RuleMatch(
        message,
        at: .query(loss.find()?.node.span ?? RequiredColumns.statement(context)),
        help: "take both from one row, as in 'arg_max(\(identity.time), \(name))'"
      )
    }
  }

  static let reportIdAdvised = RuleCheck(
    "HD106",
    "report-id-advised",
    .hint,
    "a rule over a table of Sentinel has nothing that tells its events apart",
    explanation: """
      Tables of Sentinel have no 'ReportId'. A column of that name, made of what tells the events \
      of the table apart, lets Defender tell two events of the same time apart too.
      """,
    example: .defender {
      $0.query = "SigninLogs | project TimeGenerated, AccountUpn = UserPrincipalName"
      $0.assets = ["User accountUpn"]
    } good: {
      $0.query = "SigninLogs | project TimeGenerated, AccountUpn = UserPrincipalName, ReportId = Id"
      $0.assets = ["User accountUpn"]
    }
  ) { context in
    guard context.isDefender, let identity = context.query.identity, identity.isSentinel,
      context.query.lacks("ReportId")
    else { return [] }
    return [
      RuleMatch(
        "the result has no 'ReportId', which tells events of '\(identity.table)' apart",
        at: .query(RequiredColumns.statement(context)),
        help: "add one, as in 'extend ReportId = tostring(…)' of what is unique in the table"
      )
    ]
  }

  static let assetColumnMissing = RuleCheck(
    "HD107",
    "asset-column-missing",
    .error,
    "the result names nothing that was harmed",
    explanation: """
      The result of a custom detection must have a column that tells a device, account or mailbox \
      for certain, such as DeviceId, DeviceName, AccountObjectId, AccountSid, AccountUpn or \
      RecipientEmailAddress. A rule without is refused.
      """,
    example: .defender {
      $0.query = "CloudAppEvents | project Timestamp, ReportId, IPAddress"
      $0.assets = []
    } good: {
      $0.query = "CloudAppEvents | project Timestamp, ReportId, IPAddress, AccountObjectId"
      $0.assets = ["User accountObjectId"]
    }
  ) { context in
    guard context.isDefender, context.query.isClosed else { return [] }
    let names = Set(context.query.columnNames)
    // The newer family maps any column to an entity.
    let isMapped = context.template?["entityMappings"] != nil && !context.rule.entities.isEmpty
    if isMapped || !names.isDisjoint(with: strongColumns) { return [] }
    return [
      RuleMatch(
        "no column of the result tells for certain what was harmed",
        at: .query(RequiredColumns.statement(context)),
        help: "keep one of \(strongColumns.sorted().joined(separator: ", "))"
      )
    ]
  }

  private static let strongColumns: Set<String> = [
    "DeviceId", "DeviceName", "RemoteDeviceName", "RecipientEmailAddress", "SenderFromAddress",
    "SenderMailFromAddress", "SenderObjectId", "RecipientObjectId", "AccountObjectId",
    "AccountSid", "AccountUpn", "InitiatingProcessAccountSid", "InitiatingProcessAccountUpn",
    "InitiatingProcessAccountObjectId",
  ]
}

import DetectionRules
import Hunting
import KQLBinding
import KQLSyntax
import QueryPlan
import SourceText

extension RuleCheck {
  static let timeFilter = RuleCheck(
    "HD108",
    "time-filter",
    .hint,
    "a custom detection restricts 'Timestamp' itself",
    explanation: """
      Defender hands a rule the events of its lookback and no others. A condition on 'Timestamp' \
      in the query narrows that, so that events which come late are never seen. Leave it out; \
      where a rule must see new events only, ask 'ingestion_time() > ago(1d)'.
      """,
    example: .defender {
      $0.query = """
        DeviceProcessEvents
        | where Timestamp > ago(1h)
        | project Timestamp, DeviceId, ReportId
        """
    } good: {
      $0.query = """
        DeviceProcessEvents
        | where FileName == "mimikatz.exe"
        | project Timestamp, DeviceId, ReportId
        """
    }
  ) { context in
    guard context.isDefender, let identity = context.query.identity else { return [] }
    let time = identity.time
    let filters = context.query.nodes.filter { $0.kind == .whereOperator }
    let found = filters.first { filter in
      isTimeFilter(filter.child(.predicate), time, context.query)
    }
    return found.map { filter in
      [
        RuleMatch(
          "the rule's lookback restricts '\(time)' already",
          at: .query(filter.span),
          help: "leave the condition out, so that events that come late are seen"
        )
      ]
    } ?? []
  }

  /// Whether a condition compares the time with `ago(…)`.
  private static func isTimeFilter(
    _ predicate: SyntaxNode?,
    _ time: String,
    _ query: QueryFacts
  ) -> Bool {
    guard let predicate, [.comparison, .betweenExpression].contains(predicate.kind) else {
      return false
    }
    var names: Set<String> = []
    predicate.forEachNode { node in
      if node.kind == .name { names.insert(query.text(node)) }
      return true
    }
    return names.contains(time) && names.contains("ago")
  }

  static let noFilter = RuleCheck(
    "HD109",
    "no-filter",
    .warning,
    "every event of the table makes an alert",
    explanation: """
      A query without a condition, an aggregation or a join makes an alert of each event. A run \
      makes 150 alerts at most, and the others are lost.
      """,
    example: .defender {
      $0.query = "DeviceProcessEvents | project Timestamp, DeviceId, ReportId"
    } good: {
      $0.query = """
        DeviceProcessEvents
        | where FileName == "mimikatz.exe"
        | project Timestamp, DeviceId, ReportId
        """
    }
  ) { context in
    guard context.isDefender, context.query.isSound, let plan = context.query.result?.plan,
      let scan = context.query.eventScans.first, isUnfiltered(plan)
    else { return [] }
    return [
      RuleMatch(
        "each row of '\(scan.table)' makes an alert",
        at: .query(scan.span),
        help: "add a condition; a run makes 150 alerts at most"
      )
    ]
  }

  /// Whether a plan hands all rows of its tables on.
  private static func isUnfiltered(_ plan: Plan) -> Bool {
    switch plan {
    case .scan: true
    case .project, .window, .sort, .serialize, .render, .parse, .expand, .union:
      plan.inputs.allSatisfy(isUnfiltered)
    case .shared(let node): isUnfiltered(node.shared.plan)
    default: false
    }
  }

  static let everything = RuleCheck(
    "HD110",
    "search-everything",
    .error,
    "'search *' or 'union *' in an analytics rule",
    explanation: """
      Sentinel refuses rules whose query has 'search *' or 'union *'. Name the tables.
      """,
    example: .sentinel {
      $0.query = "search * | where TimeGenerated > ago(1h)"
      $0.entities = ""
    } good: {
      $0.query = "search in (SigninLogs, AuditLogs) \"10.0.0.1\""
      $0.entities = ""
    }
  ) { context in
    guard context.rule.kind.isSentinel else { return [] }
    return context.query.nodes.compactMap { node in
      switch node.kind {
      case .searchOperator:
        guard node.child(.predicate)?.kind == .starExpression else { return nil }
        return everything("search *", node)
      case .unionOperator:
        let items = node.children(.item)
        guard items.contains(where: { context.query.text($0) == "*" }) else { return nil }
        return everything("union *", node)
      default: return nil
      }
    }
  }

  private static func everything(_ what: String, _ node: SyntaxNode) -> RuleMatch {
    RuleMatch(
      "an analytics rule must not have '\(what)'",
      at: .query(node.span),
      help: "name the tables that it reads"
    )
  }

  static let queryLength = RuleCheck(
    "HD111",
    "query-length",
    .error,
    "the query of an analytics rule has no or too many characters",
    explanation: "Sentinel takes queries of 1 to 10,000 characters.",
    example: .sentinel {
      $0.query = "// nothing" + String(repeating: " here", count: 2_000) + "\nSigninLogs"
      $0.entities = ""
    } good: {
      $0.query = "SigninLogs"
      $0.entities = ""
    }
  ) { context in
    guard context.rule.kind.isSentinel else { return [] }
    let text = context.rule.query.text
    let count = text.utf16.count
    let isBlank = text.allSatisfy(\.isWhitespace)
    guard count > 10_000 || isBlank else { return [] }
    let message = isBlank ? "the query is empty" : "the query has \(count) characters"
    return [
      RuleMatch(
        message,
        at: context.place(.query),
        help: isBlank
          ? "write one" : "shorten it to 10,000, or keep a part of it as a function or watchlist"
      )
    ]
  }

  static let formerTable = RuleCheck(
    "HD112",
    "former-table",
    .warning,
    "the query reads a table that another has replaced",
    explanation: """
      Tables are renamed now and then; the former ones are empty some time after. Read the one \
      that took its place.
      """,
    example: .defender {
      $0.query = """
        AADSignInEventsBeta
        | where ErrorCode != 0
        | project Timestamp, ReportId, AccountUpn, DeviceName
        """
      $0.assets = ["User accountUpn"]
    } good: {
      $0.query = """
        EntraIdSignInEvents
        | where ErrorCode != 0
        | project Timestamp, ReportId, AccountUpn, DeviceName
        """
      $0.assets = ["User accountUpn"]
    }
  ) { context in
    var seen: Set<String> = []
    return context.query.allScans.compactMap { scan in
      guard seen.insert(scan.table).inserted,
        let successor = context.schemas.successor(of: scan.table)
      else { return nil }
      let isNamed = context.query.source.text(scan.span) == scan.table
      return RuleMatch(
        "'\(scan.table)' was replaced by '\(successor)'",
        at: .query(scan.span),
        help: "read '\(successor)'",
        fix: isNamed ? RuleFix("read '\(successor)'", .query(scan.span, successor)) : nil
      )
    }
  }
}

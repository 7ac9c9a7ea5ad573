import Columnar
import Hunting
import KQLSyntax
import QueryPlan
import SourceText

extension RuleCheck {
  static let continuousComment = RuleCheck(
    "HD204",
    "continuous-comment",
    .error,
    "the query of a continuous rule has a comment",
    explanation: "Defender refuses continuous rules whose query has comments. Remove them.",
    example: .continuous {
      $0.query =
        "// all\nDeviceEvents | where FileName has \"x\" | project Timestamp, DeviceId, ReportId"
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
    example: .continuous {
      $0.query = """
        let name = "x";
        DeviceEvents | where FileName has name | project Timestamp, DeviceId, ReportId
        """
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
    example: .continuous {
      $0.query = """
        DeviceEvents
        | where ingestion_time() > ago(1h)
        | project Timestamp, DeviceId, ReportId
        """
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

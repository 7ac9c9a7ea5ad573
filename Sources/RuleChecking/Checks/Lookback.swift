import Columnar
import DetectionRules
import KQLSyntax
import SourceText

extension RuleCheck {
  static let beyondLookback = RuleCheck(
    "HD507",
    "beyond-lookback",
    .warning,
    "the query asks for events before those that the rule sees",
    explanation: """
      A run sees the events of its lookback only: of 'queryPeriod' in Sentinel; of 4 hours, 12 \
      hours, 48 hours or 30 days in Defender for rules that run every 1, 3, 12 or 24 hours. A \
      baseline of older events is empty there, so that everything is new.
      """,
    example: .sentinel {
      $0.query = """
        let known = SigninLogs | where TimeGenerated > ago(14d) | distinct IPAddress;
        SigninLogs | where IPAddress !in (known) | project UserPrincipalName
        """
    } good: {
      $0.query = """
        let known = SigninLogs | where TimeGenerated > ago(14d) | distinct IPAddress;
        SigninLogs | where IPAddress !in (known) | project UserPrincipalName
        """
      $0.period = "14d"
    }
  ) { context in
    guard context.rule.kind != .sentinelNearRealTime, !context.isContinuousDefender else {
      return []
    }
    let lookback = context.rule.schedule.lookback
    // Every run's delay and the run itself take a while.
    let slack = TimeSpan(ticks: lookback.ticks / 20 + TimeSpan.fiveMinutes.ticks)
    return context.query.nodes.compactMap { node in
      guard context.query.callee(node) == "ago", let argument = node.child(.argument),
        let span = Timespans.value(of: argument, context.query),
        span.ticks > lookback.ticks &+ slack.ticks
      else { return nil }
      return RuleMatch(
        "the query asks for events of \(RuleDuration.short(span)), and the rule sees those of "
          + "\(RuleDuration.short(lookback))",
        at: .query(node.span),
        help: context.isDefender
          ? "let the rule run less often, so that it looks back further"
          : "make 'queryPeriod' \(RuleDuration.short(span)), of which 14d is the most"
      )
    }
  }
}

/// Reads lengths of time in a query's text.
enum Timespans {
  /// The value of a literal, or of the `let` with a literal that a name stands for.
  static func value(of node: SyntaxNode, _ query: QueryFacts) -> TimeSpan? {
    switch node.kind {
    case .timespanLiteral: return RuleDuration.read(query.text(node))
    case .name:
      let name = query.text(node)
      let statement = query.nodes.last { statement in
        statement.kind == .letStatement && statement.span.end <= node.span.start
          && statement.child(.name).map(query.text) == name
      }
      guard let value = statement?.child(.value), value.kind == .timespanLiteral else {
        return nil
      }
      return RuleDuration.read(query.text(value))
    default: return nil
    }
  }
}

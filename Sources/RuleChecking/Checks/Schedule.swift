import Columnar
import DetectionRules
import Hunting
import QueryPlan
import SourceText
import StructuredText

extension TimeSpan {
  static let fiveMinutes = TimeSpan(ticks: 5 * ticksPerMinute)
  static let fourteenDays = TimeSpan(ticks: 14 * ticksPerDay)
}

extension RuleCheck {
  static let detectionFrequency = RuleCheck(
    "HD501",
    "detection-frequency",
    .error,
    "a frequency that custom detections do not have",
    explanation: """
      A custom detection runs every hour, every 3, 12 or 24 hours, or continuously (0). Where all \
      of its tables are in Sentinel, any length from 5 minutes to 14 days is allowed.
      """,
    example: .defender(bad: { $0.period = "2H" })
  ) { context in
    guard context.isDefender, let frequency = context.rule.schedule.frequency else { return [] }
    let hours = [1, 3, 12, 24].map { TimeSpan(ticks: $0 * TimeSpan.ticksPerHour) }
    if hours.contains(frequency) { return [] }
    let isInRange = frequency >= .fiveMinutes && frequency <= .fourteenDays
    let scans = context.query.allScans
    let isSentinel = !scans.isEmpty && scans.allSatisfy { !context.schemas.isXDR($0.table) }
    if isInRange, isSentinel || !context.query.isSound { return [] }
    let table = scans.first { context.schemas.isXDR($0.table) }?.table
    let why = table.map { ": '\($0)' is a table of Defender" } ?? ""
    return [
      RuleMatch(
        "no custom detection runs every \(RuleDuration.short(frequency))"
          + (isInRange ? why : ""),
        at: context.place(.frequency),
        help: "let it run every 1H, 3H, 12H or 24H, or continuously (0)"
      )
    ]
  }

  static let analyticsSchedule = RuleCheck(
    "HD502",
    "analytics-schedule",
    .error,
    "a frequency or period that analytics rules do not have",
    explanation: "Frequency and period of an analytics rule are from 5 minutes to 14 days.",
    example: .sentinel(bad: { $0.frequency = "1m" })
  ) { context in
    guard context.rule.kind == .sentinelScheduled else { return [] }
    let spans: [(String, TimeSpan?, RulePart)] = [
      ("queryFrequency", context.rule.schedule.frequency, .frequency),
      ("queryPeriod", context.rule.schedule.lookback, .lookback),
    ]
    return spans.compactMap { key, span, part in
      guard let span, context.rule.places[part] != nil,
        span < .fiveMinutes || span > .fourteenDays
      else { return nil }
      return RuleMatch(
        "'\(key)' is \(RuleDuration.short(span)), and must be from 5 minutes to 14 days",
        at: context.place(part)
      )
    }
  }

  static let shortLookback = RuleCheck(
    "HD503",
    "short-lookback",
    .error,
    "a rule looks back less far than to its last run",
    explanation: """
      Between the events of one run and those of the next there is a gap, so 'queryPeriod' must \
      not be less than 'queryFrequency', nor 'lookback' less than 'frequency'.
      """,
    example: .sentinel(bad: { $0.frequency = "2h" })
  ) { context in
    guard context.rule.kind != .sentinelNearRealTime, context.rule.places[.lookback] != nil,
      let frequency = context.rule.schedule.frequency,
      context.rule.schedule.lookback < frequency
    else { return [] }
    let names = context.isDefender ? ("lookback", "frequency") : ("queryPeriod", "queryFrequency")
    return [
      RuleMatch(
        "'\(names.0)' is \(RuleDuration.short(context.rule.schedule.lookback)), less than "
          + "'\(names.1)', which is \(RuleDuration.short(frequency))",
        at: context.place(.lookback),
        help: "make it \(RuleDuration.short(frequency)) or longer"
      )
    ]
  }

  static let continuousLookback = RuleCheck(
    "HD504",
    "continuous-lookback",
    .error,
    "a continuous rule has a lookback",
    explanation: "A continuous rule sees each event as it comes; Graph refuses a lookback for it.",
    example: .defender(
      bad: {
        $0.period = "0\"\n  lookback: \"PT1H"
      },
      good: { $0.period = "0" }
    )
  ) { context in
    guard context.isContinuousDefender, let place = context.rule.places[.lookback] else {
      return []
    }
    return [RuleMatch("a continuous rule has no lookback", at: place, help: "remove it")]
  }

  static let periodSpelling = RuleCheck(
    "HD505",
    "period-spelling",
    .error,
    "a period of the older family is spelt in another way than Graph does",
    explanation: "'period' is '0', '1H', '3H', '12H' or '24H'; 'frequency' is the newer key.",
    example: .defender(bad: { $0.period = "1h" })
  ) { context in
    guard context.isDefender, let node = context.node["schedule"]?["period"], let text = node.text,
      !["0", "1H", "3H", "12H", "24H"].contains(text), let span = RuleDuration.read(text)
    else { return [] }
    let hours = span.ticks / TimeSpan.ticksPerHour
    let wanted = hours == 0 ? "0" : "\(hours)H"
    guard ["0", "1H", "3H", "12H", "24H"].contains(wanted),
      span.ticks % TimeSpan.ticksPerHour == 0
    else { return [] }
    return [
      RuleMatch(
        "'\(text)' is spelt '\(wanted)'",
        at: node.place,
        help: "write '\(wanted)'",
        fix: RuleFix("change to '\(wanted)'", .scalar(node.place, wanted))
      )
    ]
  }

  static let retiredKey = RuleCheck(
    "HD506",
    "retired-key",
    .hint,
    "a key that Graph takes no more",
    explanation: """
      Since October 2026 Graph has 'frequency' in the place of 'period', 'automatedActions' in \
      that of 'responseActions', and 'entityMappings', 'tactics' and 'status' in that of \
      'impactedAssets', 'category' and 'isEnabled'. The older files still read here.
      """,
    example: RuleExample(
      bad: DefenderExample().text,
      good: DefenderExample().text.replacingPeriod()
    )
  ) { context in
    guard context.isDefender, let schedule = context.node["schedule"],
      let member = schedule.members.first(where: { $0.key == "period" }),
      schedule["frequency"] == nil
    else { return [] }
    return [
      RuleMatch(
        "the rule is of the older family, whose 'period' Graph takes no more",
        at: member.keyPlace,
        help: "write 'frequency', as an ISO 8601 duration such as PT1H"
      )
    ]
  }
}

extension String {
  /// The example with the newer key.
  fileprivate func replacingPeriod() -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0 == "  period: \"1H\"" ? "  frequency: PT1H" : String($0) }
      .joined(separator: "\n")
  }
}

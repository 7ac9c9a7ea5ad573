import DetectionRules
import SourceText
import StructuredText

extension RuleCheck {
  static let severitySpelling = RuleCheck(
    "HD410",
    "severity-spelling",
    .error,
    "the severity is spelt in another way than the product does",
    explanation: """
      Graph takes 'informational', 'low', 'medium' and 'high', templates of Sentinel \
      'Informational', 'Low', 'Medium' and 'High'.
      """,
    example: .sentinel(bad: { $0.severity = "medium" })
  ) { context in
    let node = context.isDefender ? context.template?["severity"] : context.node["severity"]
    let severity = context.rule.severity
    let wanted = context.isDefender ? severity.rawValue : severity.title
    guard let node, let text = node.text, text != wanted, text.lowercased() == severity.rawValue
    else { return [] }
    return [spelling(text, wanted, node.place)]
  }

  static let tacticSpelling = RuleCheck(
    "HD411",
    "tactic-spelling",
    .error,
    "a tactic is spelt in another way than the product does",
    explanation:
      "Both products write tactics without spaces and with capitals: 'CredentialAccess'.",
    example: .sentinel(bad: { $0.tactics = "[Credential Access]" })
  ) { context in
    tactics(context).compactMap { node in
      guard let text = node.text, let tactic = Tactic(reading: text), tactic.rawValue != text
      else { return nil }
      return spelling(text, tactic.rawValue, node.place)
    }
  }

  private static func spelling(_ text: String, _ wanted: String, _ place: DocumentPlace)
    -> RuleMatch
  {
    RuleMatch(
      "'\(text)' is spelt '\(wanted)'",
      at: place,
      help: "write '\(wanted)'",
      fix: RuleFix("change to '\(wanted)'", .scalar(place, wanted))
    )
  }

  static let tacticUnfit = RuleCheck(
    "HD412",
    "tactic-unfit",
    .error,
    "a tactic or category of the other product",
    explanation: """
      Tactics for industrial control systems are Sentinel's only, and the categories Malware, \
      Ransomware, SuspiciousActivity and UnwantedSoftware are Defender's only.
      """,
    example: .sentinel(bad: { $0.tactics = "[Ransomware]" })
  ) { context in
    tactics(context).compactMap { node in
      guard let tactic = node.text.flatMap({ Tactic(reading: $0) }) else { return nil }
      let isUnfit = context.isDefender ? tactic.isIndustrial : tactic.isCategory
      guard isUnfit else { return nil }
      let product = context.isDefender ? "custom detection" : "analytics rule"
      return RuleMatch("'\(tactic.rawValue)' is no tactic of a \(product)", at: node.place)
    }
  }

  static let hiddenTechniques = RuleCheck(
    "HD413",
    "hidden-techniques",
    .warning,
    "techniques beside a category that hides them",
    explanation: """
      A custom detection of the category Malware, Ransomware, SuspiciousActivity or \
      UnwantedSoftware shows no techniques. Name a tactic of ATT&CK, or leave the techniques out.
      """,
    example: .defender(bad: { $0.category = "Malware" })
  ) { context in
    guard context.isDefender, let category = context.rule.tactics.first, category.isCategory,
      !context.rule.techniques.isEmpty
    else { return [] }
    return [
      RuleMatch(
        "the category '\(category.rawValue)' hides the techniques",
        at: context.place(.techniques),
        help: "name a tactic of ATT&CK, or leave the techniques out"
      )
    ]
  }

  static let noTactic = RuleCheck(
    "HD414",
    "no-tactic",
    .hint,
    "the rule names no tactic",
    explanation: "Incidents are sorted by tactics, and coverage is counted by them.",
    example: .sentinel(bad: {
      $0.tactics = "[]"
      $0.techniques = "[]"
    })
  ) { context in
    // One that is no tactic has a finding of its own.
    guard context.rule.tactics.isEmpty, tactics(context).isEmpty else { return [] }
    return [RuleMatch("the rule names no tactic", at: context.place(.name))]
  }

  /// The nodes that name tactics.
  static func tactics(_ context: RuleContext) -> [DocumentNode] {
    guard context.isDefender else {
      guard let node = context.node["tactics"] else { return [] }
      return node.items ?? [node]
    }
    let groups = context.template?["tactics"]?.items ?? []
    return [context.template?["category"]].compactMap { $0 } + groups.compactMap { $0["tactic"] }
  }
}

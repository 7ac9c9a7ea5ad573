import DetectionRules
import SourceText
import StructuredText

extension RuleCheck {
  static let techniqueForm = RuleCheck(
    "HD420",
    "technique-form",
    .error,
    "what stands for a technique is no id of ATT&CK",
    explanation: "Techniques are named by their ids, such as T1059 and T1059.001.",
    example: .sentinel(bad: { $0.techniques = "[Brute Force]" })
  ) { context in
    techniques(context).compactMap { node in
      guard let text = node.text, !AttackList.isWellFormed(text) else { return nil }
      let upper = text.uppercased().filter { $0 != " " }
      let isCase = AttackList.isWellFormed(upper)
      return RuleMatch(
        "'\(text)' is no id of a technique",
        at: node.place,
        help: isCase ? "write '\(upper)'" : "it is one such as T1059 or T1059.001",
        fix: isCase ? RuleFix("change to '\(upper)'", .scalar(node.place, upper)) : nil
      )
    }
  }

  static let techniqueUnknown = RuleCheck(
    "HD421",
    "technique-unknown",
    .warning,
    "a technique that is not in ATT&CK",
    explanation: """
      Defender holds techniques against the version of ATT&CK of the tenant and refuses others. \
      The list that ships here is that of the enterprise matrix of version \(AttackList.version), \
      so that later techniques are not in it. Of the matrix for industrial control systems it has \
      those that public rules name; others are a hint.
      """,
    example: .sentinel(bad: { $0.techniques = "[T1999]" })
  ) { context in
    techniques(context).compactMap { node in
      guard let text = node.text, AttackList.isWellFormed(text),
        AttackList.technique(text) == nil
      else { return nil }
      let isIndustrial = AttackList.isIndustrial(text)
      return RuleMatch(
        isIndustrial
          ? "'\(text)' is not among the techniques of ATT&CK for industrial systems known here"
          : "'\(text)' is no technique of ATT&CK \(AttackList.version)",
        at: node.place,
        severity: isIndustrial ? .hint : .warning
      )
    }
  }

  static let techniqueGone = RuleCheck(
    "HD422",
    "technique-gone",
    .warning,
    "a technique that ATT&CK has no more",
    explanation: """
      ATT&CK revokes techniques in favour of others and deprecates some. Maps of coverage do not \
      show those any more.
      """,
    example: .sentinel(
      bad: { $0.techniques = "[T1086]" },
      good: {
        $0.techniques = "[T1059.001]"
        $0.tactics = "[Execution]"
      }
    )
  ) { context in
    techniques(context).compactMap { node in
      guard let technique = node.text.flatMap(AttackList.technique) else { return nil }
      let name = "\(technique.id) (\(technique.name))"
      switch technique.state {
      case .current: return nil
      case .deprecated: return RuleMatch("ATT&CK has deprecated \(name)", at: node.place)
      case .revoked(let successor):
        let title = successor.map { id in
          AttackList.technique(id).map { "\(id) (\($0.name))" } ?? id
        }
        return RuleMatch(
          "ATT&CK has revoked \(name)",
          at: node.place,
          help: title.map { "name \($0)" },
          fix: successor.map { RuleFix("change to \($0)", .scalar(node.place, $0)) }
        )
      }
    }
  }

  static let techniqueOfOtherTactic = RuleCheck(
    "HD423",
    "technique-of-other-tactic",
    .hint,
    "a technique of none of the rule's tactics",
    explanation: "A technique belongs to tactics; one of them should be the rule's.",
    example: .sentinel(bad: { $0.techniques = "[T1059.001]" })
  ) { context in
    let tactics = Set(context.rule.tactics)
    if tactics.isEmpty || tactics.contains(where: \.isCategory) { return [] }
    return techniques(context).compactMap { node in
      guard let technique = node.text.flatMap(AttackList.technique), !technique.tactics.isEmpty,
        technique.tactics.isDisjoint(with: tactics)
      else { return nil }
      let list = technique.tactics.map(\.rawValue).sorted().joined(separator: ", ")
      return RuleMatch(
        "\(technique.id) (\(technique.name)) is of none of the rule's tactics",
        at: node.place,
        help: "it is of \(list)"
      )
    }
  }

  /// The nodes that name techniques.
  static func techniques(_ context: RuleContext) -> [DocumentNode] {
    guard context.isDefender else {
      let key = context.node["relevantTechniques"] == nil ? "techniques" : "relevantTechniques"
      return list(context.node[key])
    }
    let groups = context.template?["tactics"]?.items ?? []
    let grouped = groups.flatMap { $0["techniques"]?.items ?? [] }.flatMap { technique in
      list(technique["technique"]) + list(technique["subTechniques"])
    }
    return list(context.template?["mitreTechniques"]) + grouped
  }

  private static func list(_ node: DocumentNode?) -> [DocumentNode] {
    guard let node else { return [] }
    return node.items ?? [node]
  }
}

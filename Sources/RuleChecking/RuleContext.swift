import DetectionRules
import Hunting
import SourceText
import StructuredText

/// What checks see of a rule.
struct RuleContext: Sendable {
  let rule: DetectionRule
  let document: RuleDocument
  let query: QueryFacts
  let schemas: TableSchemas
  /// All rules that are checked together.
  let others: RuleDirectory

  /// The mapping that the rule was read from.
  var node: DocumentNode { rule.node }

  /// Where a part of the rule is; the rule itself where it does not say it.
  func place(_ part: RulePart) -> DocumentPlace { rule.places[part] ?? rule.node.place }

  /// Whether it is a custom detection of Defender.
  var isDefender: Bool { !rule.kind.isSentinel }

  /// Whether it is a custom detection that sees each event as it comes.
  var isContinuousDefender: Bool { isDefender && rule.schedule.isContinuous }

  /// The mapping of the alert of a custom detection.
  var template: DocumentNode? { node["detectionAction"]?["alertTemplate"] }
}

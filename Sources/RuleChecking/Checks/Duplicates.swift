import DetectionRules
import SourceText
import StructuredText

extension RuleCheck {
  static let duplicateId = RuleCheck(
    "HD601",
    "duplicate-id",
    .error,
    "two rules have one id",
    explanation: """
      Rules are told apart by their ids: one of two with the same replaces the other.
      """,
    example: RuleExample(
      bad: pair { $0.name = "Other" },
      good: pair {
        $0.name = "Other"
        $0.id = "1d0c8a4e-62a5-4a0c-8f6c-6f5f7a3f9e11"
      }
    )
  ) { context in
    guard let place = context.rule.places[.id],
      let other = context.others.first("id", context.rule.id, besides: context)
    else { return [] }
    return [duplicate("another rule has the id '\(context.rule.id)'", place, .id, other)]
  }

  static let duplicateName = RuleCheck(
    "HD602",
    "duplicate-name",
    .error,
    "two rules have one name",
    explanation: """
      Names of custom detections are unique: Graph answers 409 to the second. Analytics rules of \
      one name can be there, but cannot be told apart in lists: a warning.
      """,
    example: RuleExample(
      bad: detections { $0.title = "Other" },
      good: detections {
        $0.name = "Other"
        $0.title = "Other"
      }
    )
  ) { context in
    guard let other = context.others.first("name", context.rule.name, besides: context) else {
      return []
    }
    var match = duplicate(
      "another rule has the name '\(context.rule.name)'",
      context.place(.name),
      .name,
      other
    )
    if !context.isDefender { match.severity = .warning }
    return [match]
  }

  static let duplicateTitle = RuleCheck(
    "HD603",
    "duplicate-title",
    .error,
    "alerts of two custom detections have one title",
    explanation: "Titles of alerts are unique: Graph answers 400 to the second rule.",
    example: RuleExample(
      bad: detections { $0.name = "Other" },
      good: detections {
        $0.name = "Other"
        $0.title = "Other"
      }
    )
  ) { context in
    guard context.isDefender,
      let other = context.others.first("title", context.rule.title.source, besides: context)
    else { return [] }
    return [
      duplicate(
        "alerts of another rule have the title '\(context.rule.title.source)'",
        context.place(.title),
        .title,
        other
      )
    ]
  }

  private static func duplicate(
    _ message: String,
    _ place: DocumentPlace,
    _ part: RulePart,
    _ other: RuleDirectory.Entry
  ) -> RuleMatch {
    var match = RuleMatch(
      message,
      at: place,
      help: "give it its own; the other is in '\(other.path)'"
    )
    let otherPlace = other.rule.places[part] ?? other.rule.node.place
    match.related = [
      RelatedRule(
        message: "the other rule, line \(otherPlace.line)",
        path: other.path,
        place: otherPlace
      )
    ]
    return match
  }

  /// A list of an analytics rule and another.
  private static func pair(_ change: (inout SentinelExample) -> Void) -> String {
    var other = SentinelExample()
    change(&other)
    return list([SentinelExample().text, other.text])
  }

  /// A list of a custom detection and another.
  private static func detections(_ change: (inout DefenderExample) -> Void) -> String {
    var other = DefenderExample()
    change(&other)
    return list([DefenderExample().text, other.text])
  }

  private static func list(_ rules: [String]) -> String {
    rules.map { rule in
      let lines = rule.split(separator: "\n", omittingEmptySubsequences: false)
      return lines.enumerated().map { index, line in
        line.isEmpty ? "" : (index == 0 ? "- " : "  ") + line
      }
      .joined(separator: "\n")
    }
    .joined()
  }
}

import DetectionRules
import StructuredText

/// The names of all rules that are checked together.
struct RuleDirectory: Sendable {
  /// A rule, by its place.
  struct Entry: Sendable {
    let path: String
    let rule: DetectionRule

    /// Whether it is the rule of a place and not another.
    func isRule(of context: RuleContext) -> Bool {
      path == context.document.path && rule.node.place == context.rule.node.place
    }
  }

  private var entries: [String: [Entry]] = [:]

  init(_ documents: [RuleDocument]) {
    for document in documents {
      for rule in document.file.rules {
        let entry = Entry(path: document.path, rule: rule)
        entries["name \(Self.folded(rule.name))", default: []].append(entry)
        entries["id \(Self.folded(rule.id))", default: []].append(entry)
        entries["title \(Self.folded(rule.title.source))", default: []].append(entry)
      }
    }
  }

  /// The first other rule of the same name, id or title, by a key such as `name`.
  func first(_ key: String, _ text: String, besides context: RuleContext) -> Entry? {
    let same = entries["\(key) \(Self.folded(text))"] ?? []
    let others = same.filter {
      !$0.isRule(of: context) && $0.rule.kind.isSentinel == context.rule.kind.isSentinel
    }
    return others.first
  }

  private static func folded(_ text: String) -> String { text.lowercased() }
}

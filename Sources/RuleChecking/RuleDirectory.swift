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
  /// Near-real-time rules of Sentinel, in the order of files.
  private var nearRealTime: [Entry] = []

  init(_ documents: [RuleDocument]) {
    for document in documents {
      for rule in document.file.rules {
        let entry = Entry(path: document.path, rule: rule)
        if rule.kind == .sentinelNearRealTime { nearRealTime.append(entry) }
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

  /// How many near-real-time rules of Sentinel there are up to one, itself included.
  func nearRealTimeCount(upTo context: RuleContext) -> Int {
    (nearRealTime.firstIndex { $0.isRule(of: context) } ?? -1) + 1
  }

  private static func folded(_ text: String) -> String { text.lowercased() }
}

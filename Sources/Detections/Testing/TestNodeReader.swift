import DetectionRules
import SourceText
import StructuredText

/// Reads the nodes of a test file and notes what is wrong with them.
struct TestNodeReader {
  private(set) var problems: [RuleProblem] = []

  mutating func note(
    _ code: String,
    _ message: String,
    at place: DocumentPlace,
    help: String? = nil
  ) { problems.append(RuleProblem(code, message, at: place, help: help)) }

  /// Notes keys that have no meaning here; false where the node is no mapping.
  mutating func isMapping(_ node: DocumentNode, _ what: String, keys: [String]) -> Bool {
    guard case .mapping(let members) = node.content else {
      wrong(what, "a mapping with \(keys.joined(separator: ", "))", node)
      return false
    }
    for member in members where !keys.contains(member.key) {
      unknown("key", member.key, at: member.keyPlace, among: keys)
    }
    return true
  }

  mutating func unknown(
    _ what: String,
    _ name: String,
    at place: DocumentPlace,
    among names: [String],
    code: String = "HT003"
  ) {
    let near = NearMiss.nearest(to: name, among: names, limit: 3)
    let help =
      near.isEmpty
      ? (names.count <= 30 ? "it is one of " + names.joined(separator: ", ") : nil)
      : "did you mean " + near.joined(separator: ", ")
    note(code, "there is no \(what) '\(name)' here", at: place, help: help)
  }

  mutating func wrong(_ what: String, _ expected: String, _ node: DocumentNode) {
    note("HT004", "\(what) is not \(expected)", at: node.place)
  }

  mutating func text(_ key: String, of node: DocumentNode) -> String? {
    read(key, of: node, "a text") { $0.text }
  }

  /// A value of a key as `body` reads it; a value that it cannot read is a problem.
  mutating func read<Value>(
    _ key: String,
    of node: DocumentNode,
    _ expected: String,
    _ body: (DocumentNode) -> Value?
  ) -> Value? {
    guard let value = node[key] else { return nil }
    if let read = body(value) { return read }
    wrong("'\(key)'", expected, value)
    return nil
  }

  /// The items of a list; a value that is no list stands for a list of it.
  func items(_ key: String, of node: DocumentNode) -> [DocumentNode] {
    guard let value = node[key] else { return [] }
    return value.items ?? [value]
  }
}

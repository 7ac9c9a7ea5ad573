import Columnar
import StructuredText

/// Reads the fields of a mapping and notes what is wrong with them.
struct FieldReader {
  var problems: [RuleProblem] = []
  var places: [RulePart: DocumentPlace] = [:]
  let document: TextDocument

  init(_ document: TextDocument) { self.document = document }

  /// A text; a missing one is an error.
  mutating func required(_ key: String, of node: DocumentNode, _ part: RulePart? = nil) -> String? {
    if let text = text(key, of: node, part) { return text }
    if node[key] == nil {
      problems.append(RuleProblem("HD003", "'\(key)' is missing", at: node.place))
    }
    return nil
  }

  /// A text; nil where there is none, which is an error only where something else is there.
  mutating func text(_ key: String, of node: DocumentNode, _ part: RulePart? = nil) -> String? {
    guard let value = node[key] else { return nil }
    if let part { places[part] = value.place }
    guard let text = value.text else {
      wrong(key, "a text", value)
      return nil
    }
    return text
  }

  mutating func boolean(_ key: String, of node: DocumentNode) -> Bool? {
    guard let value = node[key] else { return nil }
    // Exports of some tools put truth values in quotes.
    let text = value.text?.lowercased()
    if text == "true" { return true }
    if text == "false" { return false }
    wrong(key, "true or false", value)
    return nil
  }

  mutating func integer(_ key: String, of node: DocumentNode, _ part: RulePart) -> Int? {
    guard let value = node[key] else { return nil }
    places[part] = value.place
    if let number = value.integer { return number }
    wrong(key, "a whole number", value)
    return nil
  }

  mutating func duration(
    _ key: String,
    of node: DocumentNode,
    _ part: RulePart? = nil
  ) -> TimeSpan? {
    guard let value = node[key] else { return nil }
    if let part { places[part] = value.place }
    if let span = value.text.flatMap(RuleDuration.read) { return span }
    wrong(key, "a duration such as 1h or PT1H", value)
    return nil
  }

  /// The texts of a list; one text stands for a list of it.
  mutating func texts(_ key: String, of node: DocumentNode) -> [(
    text: String, place: DocumentPlace
  )] {
    guard let value = node[key] else { return [] }
    if let text = value.text { return [(text, value.place)] }
    guard let items = value.items else {
      wrong(key, "a list of texts", value)
      return []
    }
    return items.compactMap { item in
      if let text = item.text { return (text, item.place) }
      if !item.isNull { wrong(key, "a list of texts", item) }
      return nil
    }
  }

  /// The mappings of a list.
  mutating func mappings(_ key: String, of node: DocumentNode) -> [DocumentNode] {
    guard let value = node[key] else { return [] }
    guard let items = value.items else {
      wrong(key, "a list", value)
      return []
    }
    return items.filter { item in
      if case .mapping = item.content { return true }
      wrong(key, "a list of mappings", item)
      return false
    }
  }

  /// Labels and the columns behind them.
  mutating func details(_ key: String, of node: DocumentNode) -> [CustomDetail] {
    guard let value = node[key] else { return [] }
    guard case .mapping(let members) = value.content else {
      wrong(key, "a mapping of labels to columns", value)
      return []
    }
    return members.compactMap { member in
      guard let column = member.value.text else {
        if !member.key.hasPrefix("@") { wrong(member.key, "the name of a column", member.value) }
        return nil
      }
      if member.key.hasPrefix("@") { return nil }
      return CustomDetail(member.key, ColumnReference(column, at: member.value.place))
    }
  }

  mutating func severity(of node: DocumentNode) -> Severity {
    guard let text = required("severity", of: node, .severity) else { return .medium }
    if let severity = Severity(reading: text) { return severity }
    refuse(
      "HD005",
      "'\(text)' is no severity",
      at: node["severity"],
      Severity.allCases.map(\.title)
    )
    return .medium
  }

  mutating func tactic(_ text: String, at place: DocumentPlace) -> Tactic? {
    if let tactic = Tactic(rawValue: text) ?? Tactic(reading: text) { return tactic }
    problems.append(
      RuleProblem(
        "HD006",
        "'\(text)' is no tactic of ATT&CK",
        at: place,
        help: "it is one of " + Tactic.allCases.map(\.rawValue).joined(separator: ", ")
      )
    )
    return nil
  }

  mutating func query(_ key: String, of node: DocumentNode) -> RuleQuery? {
    guard required(key, of: node, .query) != nil, let value = node[key], let scalar = value.scalar
    else { return nil }
    return RuleQuery(scalar, at: value.place, in: document.text)
  }

  mutating func wrong(_ key: String, _ expected: String, _ value: DocumentNode) {
    problems.append(RuleProblem("HD004", "'\(key)' is not \(expected)", at: value.place))
  }

  mutating func refuse(
    _ code: String,
    _ message: String,
    at node: DocumentNode?,
    _ choices: [String]
  ) {
    problems.append(
      RuleProblem(
        code,
        message,
        at: node?.place ?? .none,
        help: "it is one of " + choices.joined(separator: ", ")
      )
    )
  }
}

import Alerts
import DetectionRules
import Hunting
import StructuredText

/// Reads what a case says of alerts.
struct AlertExpectationReader {
  var reader: TestNodeReader

  static let alertKeys = [
    "run", "title", "description", "severity", "tactics", "entities", "details", "events",
  ]

  /// The most alerts of a list, each of which is held against all that came.
  static let mostAlerts = 1000

  mutating func read(_ node: DocumentNode) -> AlertExpectation? {
    if let items = node.items {
      if items.count <= Self.mostAlerts { return .alerts(items.compactMap { alert($0) }) }
      let text = "'expect' lists more than \(Self.mostAlerts) alerts"
      reader.note("HT004", text, at: node.place, help: "write their number")
      return nil
    }
    if let text = node.text {
      if text == "none" { return .count(0) }
      if let count = Int(text), count >= 0 { return .count(count) }
    }
    if let code = node["failure"], reader.isMapping(node, "'expect'", keys: ["failure"]) {
      return failure(code)
    }
    reader.note(
      "HT004",
      "'expect' says neither how many alerts come nor which",
      at: node.place,
      help: "write none, a number, a list of alerts, or {failure: CODE}"
    )
    return nil
  }

  private mutating func failure(_ node: DocumentNode) -> AlertExpectation? {
    let text = node.text ?? ""
    if let code = RunFailure.Code(rawValue: text) { return .failure(code) }
    reader.unknown(
      "failure",
      text,
      at: node.place,
      among: RunFailure.Code.allCases.map(\.rawValue)
    )
    return nil
  }

  private mutating func alert(_ node: DocumentNode) -> ExpectedAlert? {
    guard reader.isMapping(node, "an alert", keys: Self.alertKeys) else { return nil }
    var alert = ExpectedAlert(place: node.place)
    alert.run = reader.read("run", of: node, "the number of a run") { $0.integer }
    alert.events = reader.read("events", of: node, "a number of events") { $0.integer }
    alert.title = reader.text("title", of: node)
    alert.description = reader.text("description", of: node)
    alert.severity = reader.read(
      "severity",
      of: node,
      "one of " + Severity.allCases.map(\.rawValue).joined(separator: ", ")
    ) { $0.text.flatMap { Severity(reading: $0) } }
    alert.tactics = tactics(node)
    alert.entities = reader.items("entities", of: node).compactMap { entity($0) }
    alert.details = details(node)
    return alert
  }

  private mutating func tactics(_ node: DocumentNode) -> [Tactic]? {
    if node["tactics"] == nil { return nil }
    return reader.items("tactics", of: node).compactMap { item in
      if let tactic = item.text.flatMap({ Tactic(reading: $0) }) { return tactic }
      let names = Tactic.allCases.map(\.rawValue)
      reader.unknown("tactic", item.text ?? "", at: item.place, among: names)
      return nil
    }
  }

  private mutating func entity(_ node: DocumentNode) -> ExpectedAlert.ExpectedEntity? {
    let kinds = EntityKind.allCases.map(\.rawValue)
    guard let name = node["kind"]?.text else {
      reader.note(
        "HT002",
        "an entity has no 'kind'",
        at: node.place,
        help: "write {kind: Host, DeviceId: …}; kinds are " + kinds.joined(separator: ", ")
      )
      return nil
    }
    guard let kind = EntityKind(reading: name) else {
      reader.unknown("kind of entity", name, at: node["kind"]?.place ?? node.place, among: kinds)
      return nil
    }
    var identifiers: [Entity.Identifier] = []
    for member in node.members where member.key != "kind" {
      if !kind.identifiers.contains(member.key) {
        reader.unknown(
          "identifier of \(kind.rawValue) named",
          member.key,
          at: member.keyPlace,
          among: kind.identifiers
        )
      } else if let value = member.value.text {
        identifiers.append(Entity.Identifier(name: member.key, value: value))
      } else {
        reader.wrong("'\(member.key)'", "a text", member.value)
      }
    }
    return ExpectedAlert.ExpectedEntity(kind: kind, identifiers: identifiers)
  }

  private mutating func details(_ node: DocumentNode) -> [AlertDetail] {
    guard let details = node["details"] else { return [] }
    guard case .mapping(let members) = details.content else {
      reader.wrong("'details'", "a mapping of labels to values", details)
      return []
    }
    return members.compactMap { member in
      guard let value = member.value.scalar?.text else {
        reader.wrong("'\(member.key)'", "a text", member.value)
        return nil
      }
      return AlertDetail(label: member.key, value: value)
    }
  }
}

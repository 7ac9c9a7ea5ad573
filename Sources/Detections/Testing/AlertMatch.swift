import Alerts
import DetectionRules

/// Holds an alert that came against one that is expected.
struct AlertMatch {
  private let expected: ExpectedAlert
  private let entry: AlertHistory.Entry

  init(_ expected: ExpectedAlert, _ entry: AlertHistory.Entry) {
    self.expected = expected
    self.entry = entry
  }

  var isWhole: Bool { differences.isEmpty }

  /// What differs, a line each.
  var differences: [String] {
    let alert = entry.alert
    var lines: [String] = []
    func hold<Value: Equatable>(_ name: String, _ came: Value, _ wanted: Value?) {
      if let wanted, wanted != came { lines.append("\(name) is '\(came)', expected '\(wanted)'") }
    }
    hold("run", entry.run, expected.run)
    hold("title", alert.title, expected.title)
    hold("description", trimmed(alert.description), expected.description.map(trimmed))
    hold("severity", alert.severity.rawValue, expected.severity?.rawValue)
    hold("tactics", AlertText.names(alert.tactics), expected.tactics.map(AlertText.names))
    hold("events", alert.eventCount, expected.events)
    return lines + entityDifferences + detailDifferences
  }

  private var entityDifferences: [String] {
    let came = entry.alert.entities
    return expected.entities.compactMap { wanted in
      let isThere = came.contains { entity in
        entity.kind == wanted.kind
          && wanted.identifiers.allSatisfy { entity[$0.name] == $0.value }
      }
      if isThere { return nil }
      let others = came.map { AlertText.entity($0.kind, $0.identifiers) }
      return "there is no entity \(AlertText.entity(wanted.kind, wanted.identifiers)), but "
        + (others.isEmpty ? "none at all" : others.joined(separator: ", "))
    }
  }

  private var detailDifferences: [String] {
    expected.details.compactMap { wanted in
      let came = entry.alert.details.first { $0.label == wanted.label }
      if came == wanted { return nil }
      let text = came.map { "is '\($0.value)'" } ?? "is not there"
      return "detail '\(wanted.label)' \(text), expected '\(wanted.value)'"
    }
  }

  /// Literal blocks of YAML end with a line feed that nobody means.
  private func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == "\n" || $0 == " " }.reversed())
  }
}

/// Finds for each expected alert one that came, each of those at most once.
struct AlertAssignment {
  /// The alert that came for each expected one; nil where none fits.
  private(set) var matches: [Int?]
  private var takenBy: [Int: Int] = [:]
  private let fitting: [[Int]]

  init(_ expected: [ExpectedAlert], _ came: [AlertHistory.Entry]) {
    matches = Array(repeating: nil, count: expected.count)
    fitting = expected.map { alert in
      came.indices.filter { AlertMatch(alert, came[$0]).isWhole }
    }
    for index in expected.indices {
      var seen: Set<Int> = []
      _ = assign(index, &seen)
    }
  }

  /// The alerts that came for no expected one.
  func unexpected(of count: Int) -> [Int] { (0..<count).filter { takenBy[$0] == nil } }

  /// Gives an expected alert one that fits it; others that have it move on where they can.
  private mutating func assign(_ index: Int, _ seen: inout Set<Int>) -> Bool {
    for candidate in fitting[index] where seen.insert(candidate).inserted {
      if let holder = takenBy[candidate], !assign(holder, &seen) { continue }
      takenBy[candidate] = index
      matches[index] = candidate
      return true
    }
    return false
  }
}

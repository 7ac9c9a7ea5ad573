import DetectionRules
import StructuredText

/// What an action of a rule is to be done to: the values of its columns in the events of an alert.
enum ActionTargets {
  /// Each set of targets once, in the order of the events; events that lack a value have none.
  static func find(_ action: ResponseAction, in events: [AlertEvent]) -> [[(String, String)]] {
    var found: [[(String, String)]] = []
    var seen: Set<[String]> = []
    for event in events {
      guard let row = try? TextDocument(Array(event.row.utf8), format: .json).root else {
        continue
      }
      let targets = action.targets.compactMap { target -> (String, String)? in
        guard let value = row[target.column.name]?.text, !value.isEmpty else { return nil }
        return (target.name, value)
      }
      // A rule may name several columns that give one identifier; some of them are enough.
      let names = Set(targets.map(\.0))
      guard !targets.isEmpty, names == Set(action.targets.map(\.name)) else { continue }
      if seen.insert(targets.flatMap { [$0.0, $0.1] }).inserted { found.append(targets) }
    }
    return found
  }
}

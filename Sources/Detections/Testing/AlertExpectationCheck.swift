import Alerts
import DetectionRules
import StructuredText

/// Holds the alerts of a case against what it expects, and writes what came as an expectation.
struct AlertExpectationCheck {
  private let came: [AlertHistory.Entry]
  private let failure: RunFailure?
  private let hasRuns: Bool

  init(_ came: [AlertHistory.Entry], _ failure: RunFailure?, runs: Int) {
    self.came = came
    self.failure = failure
    hasRuns = runs > 1
  }

  /// What is not as expected; empty where all is.
  func problems(_ expectation: AlertExpectation?, of item: RuleTestCase) -> [RuleTestProblem] {
    let place = item.node["expect"]?.place ?? item.place
    if case .failure(let code)? = expectation {
      if failure?.code == code { return [] }
      let text = failure.map { "it fails with \($0.code.rawValue): \($0.reason)" } ?? "no run fails"
      return [RuleTestProblem("HT010", "\(text), expected \(code.rawValue)", at: place)]
    }
    if let failure {
      let text = "the rule fails with \(failure.code.rawValue): \(failure.reason)"
      return [RuleTestProblem("HT011", text, at: place)]
    }
    switch expectation {
    case .count(let count): return problems(count, place)
    case .alerts(let alerts): return problems(alerts, place)
    case .failure, nil:
      return [
        RuleTestProblem(
          "HT002",
          "the case has no 'expect'; \(counted(came.count)) came",
          details: lines("came", Array(came.indices)),
          at: place,
          help: "--update writes it"
        )
      ]
    }
  }

  private func problems(_ count: Int, _ place: DocumentPlace) -> [RuleTestProblem] {
    if came.count == count { return [] }
    return [
      RuleTestProblem(
        "HT010",
        "\(counted(came.count)) came, expected \(count == 0 ? "none" : "\(count)")",
        details: lines("came", Array(came.indices)),
        at: place
      )
    ]
  }

  private func problems(_ expected: [ExpectedAlert], _ place: DocumentPlace) -> [RuleTestProblem] {
    if came.count > AlertExpectationReader.mostAlerts { return problems(expected.count, place) }
    let assignment = AlertAssignment(expected, came)
    var rest = assignment.unexpected(of: came.count)
    var problems: [RuleTestProblem] = []
    for (alert, match) in zip(expected, assignment.matches) where match == nil {
      let nearest = rest.map { (place: $0, lines: AlertMatch(alert, came[$0]).differences) }
        .min { $0.lines.count < $1.lines.count }
      if let nearest {
        rest.removeAll { $0 == nearest.place }
        let text = "an alert is not as expected: \(AlertText.line(alert))"
        problems.append(
          RuleTestProblem("HT010", text, details: nearest.lines, at: alert.place)
        )
      } else {
        let text = "no alert came that is \(AlertText.line(alert))"
        problems.append(RuleTestProblem("HT010", text, at: alert.place))
      }
    }
    if !rest.isEmpty {
      let text = "\(counted(came.count)) came, expected \(expected.count)"
      problems.append(
        RuleTestProblem("HT010", text, details: lines("unexpected", rest), at: place)
      )
    }
    return problems
  }

  private static let mostLines = 20

  private func lines(_ mark: String, _ places: [Int]) -> [String] {
    let shown = places.prefix(Self.mostLines).map { place in
      "\(mark): " + AlertText.line(came[place], showsRun: hasRuns)
    }
    let more = places.count - shown.count
    return shown + (more > 0 ? ["and \(more) more"] : [])
  }

  private func counted(_ count: Int) -> String {
    count == 0 ? "no alert" : count == 1 ? "1 alert" : "\(count) alerts"
  }

  // MARK: Updates

  /// More alerts than anybody reads are written as their number.
  private static let mostWritten = 20

  /// What came, as an expectation of the shape that the case has; nil where a run failed, which is
  /// to be mended and not to be expected from now on.
  func replacement(_ expectation: AlertExpectation?) -> DocumentNode? {
    if failure != nil { return nil }
    if came.isEmpty { return .plain("none") }
    if case .count(let count)? = expectation, count > 0 { return .plain("\(came.count)") }
    if came.count > Self.mostWritten { return .plain("\(came.count)") }
    return DocumentNode(.sequence(came.map(node)))
  }

  private func node(_ entry: AlertHistory.Entry) -> DocumentNode {
    let alert = entry.alert
    var members: [(String, DocumentNode)] = []
    if hasRuns { members.append(("run", .plain("\(entry.run)"))) }
    members.append(("title", .text(alert.title)))
    members.append(("severity", .text(alert.severity.rawValue)))
    if !alert.entities.isEmpty {
      let entities = alert.entities.map { entity in
        DocumentNode.mapping(
          [("kind", .text(entity.kind.rawValue))]
            + entity.identifiers.map { ($0.name, .text($0.value)) }
        )
      }
      members.append(("entities", DocumentNode(.sequence(entities))))
    }
    if !alert.details.isEmpty {
      members.append(("details", .mapping(alert.details.map { ($0.label, .text($0.value)) })))
    }
    members.append(("events", .plain("\(alert.eventCount)")))
    return .mapping(members)
  }
}

extension DocumentNode {
  fileprivate static func mapping(_ members: [(String, DocumentNode)]) -> DocumentNode {
    DocumentNode(.mapping(members.map { DocumentMember(key: $0.0, value: $0.1) }))
  }

  fileprivate static func plain(_ text: String) -> DocumentNode {
    DocumentNode(.scalar(DocumentScalar(text, style: .plain)))
  }
}

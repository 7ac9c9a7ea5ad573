import Alerts
import DetectionRules
import Findings
import StructuredText

/// Writes what came of rule tests for programs.
public enum RuleTestReports {
  /// A suite for each file of tests, a case for each of its cases.
  public static func junit(_ summary: RuleTestSummary) -> [UInt8] {
    let cases = summary.outcomes.map { outcome in
      JUnitReport.Case(
        outcome.path,
        ending(of: outcome),
        name: outcome.name,
        nanoseconds: outcome.nanoseconds
      )
    }
    return JUnitReport("harrier rules test", cases, nanoseconds: summary.nanoseconds).bytes()
  }

  private static func ending(of outcome: RuleTestOutcome) -> JUnitReport.Case.Outcome {
    guard outcome.status == .failed, let first = outcome.problems.first else { return .passed }
    let lines = outcome.problems.flatMap { problem in
      ["\(outcome.path):\(problem.place.line): \(problem.code): \(problem.sentence)"]
        + problem.details.map { "  " + $0 }
    }
    return .failed(
      type: first.code,
      message: first.message,
      text: lines.joined(separator: "\n")
    )
  }

  /// One object with all cases, and the coverage where it is asked for.
  public static func json(
    _ summary: RuleTestSummary,
    coverage: RuleTestCoverage?
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.write("passed", summary.count(.passed))
      json.write("failed", summary.count(.failed))
      json.write("updated", summary.count(.updated))
      json.write("milliseconds", Int(clamping: summary.nanoseconds / 1_000_000))
      json.array("cases", summary.outcomes, write)
      if let coverage { json.array("coverage", coverage.rows, write) }
    }
    json.endLine()
    return json.bytes()
  }

  private static func write(_ outcome: RuleTestOutcome, _ json: inout JSONWriter) {
    json.object { json in
      json.write("path", outcome.path)
      if let name = outcome.name { json.write("name", name) }
      if let rule = outcome.ruleName { json.write("rule", rule) }
      json.write("line", outcome.place.line)
      json.write("status", outcome.status.rawValue)
      json.write("microseconds", Int(clamping: outcome.nanoseconds / 1000))
      json.array("alerts", outcome.alerts, write)
      json.array("problems", outcome.problems, write)
    }
  }

  private static func write(_ entry: AlertHistory.Entry, _ json: inout JSONWriter) {
    json.object { json in
      json.write("run", entry.run)
      json.write("title", entry.alert.title)
      json.write("severity", entry.alert.severity.rawValue)
      json.write("events", entry.alert.eventCount)
      json.array("entities", entry.alert.entities) { entity, json in
        json.object { json in
          json.write("kind", entity.kind.rawValue)
          json.array("identifiers", entity.identifiers) { identifier, json in
            json.object { json in
              json.write("name", identifier.name)
              json.write("value", identifier.value)
            }
          }
        }
      }
    }
  }

  private static func write(_ problem: RuleTestProblem, _ json: inout JSONWriter) {
    json.object { json in
      json.write("code", problem.code)
      json.write("line", problem.place.line)
      json.write("column", problem.place.column)
      json.write("message", problem.sentence)
      json.array("details", problem.details) { $1.write($0) }
    }
  }

  private static func write(_ row: RuleTestCoverage.Row, _ json: inout JSONWriter) {
    json.object { json in
      json.write("path", row.path)
      json.write("rule", row.name)
      json.write("cases", row.caseCount)
      json.write("positive", row.positiveCount)
      json.write("negative", row.negativeCount)
      if let gap = row.gap { json.write("gap", gap) }
    }
  }
}

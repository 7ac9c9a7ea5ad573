/// Writes what came of query files as one JSON object.
public struct BatchJSON {
  private let summary: BatchSummary

  public init(_ summary: BatchSummary) { self.summary = summary }

  /// The object and a line end.
  public func bytes() -> [UInt8] {
    var json = JSONWriter()
    json.object {
      $0.member("passed", summary.count(.passed))
      $0.member("failed", summary.count(.failed))
      $0.member("skipped", summary.count(.skipped))
      $0.member("milliseconds", Self.milliseconds(summary.nanoseconds))
      $0.member("files") {
        $0.array { array in
          for outcome in summary.outcomes { array.element { Self.write(outcome, &$0) } }
        }
      }
    }
    return json.bytes() + [0x0A]
  }

  private static func milliseconds(_ nanoseconds: UInt64) -> Int {
    Int(clamping: nanoseconds / 1_000_000)
  }

  private static func write(_ outcome: FileOutcome, _ json: inout JSONWriter) {
    json.object {
      $0.member("path", outcome.path)
      $0.member("status", outcome.status.rawValue)
      if let reason = outcome.skipReason { $0.member("skipReason", reason) }
      $0.member("rows") { json in
        json.array { array in for count in outcome.rowCounts { array.element { $0.value(count) } } }
      }
      $0.member("milliseconds", milliseconds(outcome.nanoseconds))
      if let snapshot = outcome.snapshot { $0.member("snapshot", snapshot.rawValue) }
      $0.member("problems") { json in
        json.array { array in for item in outcome.problems { array.element { write(item, &$0) } } }
      }
      $0.member("findings") { json in
        json.array { array in for item in outcome.findings { array.element { write(item, &$0) } } }
      }
      $0.member("notes") { json in
        json.array { array in for note in outcome.notes { array.element { $0.value(note) } } }
      }
    }
  }

  private static func write(_ problem: BatchProblem, _ json: inout JSONWriter) {
    json.object {
      $0.member("kind", problem.kind.rawValue)
      $0.member("message", problem.message)
      $0.member("details") { json in
        json.array { array in for line in problem.details { array.element { $0.value(line) } } }
      }
    }
  }

  private static func write(_ finding: Finding, _ json: inout JSONWriter) {
    json.object {
      $0.member("rule", finding.rule)
      $0.member("level", finding.level.rawValue)
      $0.member("message", finding.message)
      $0.member("file", finding.file)
      guard let region = finding.region else { return }
      $0.member("startLine", region.startLine)
      $0.member("startColumn", region.startColumn)
      $0.member("endLine", region.endLine)
      $0.member("endColumn", region.endColumn)
    }
  }
}

import Findings

/// Writes what came of query files as one JSON object.
public struct BatchJSON {
  private let summary: BatchSummary

  public init(_ summary: BatchSummary) { self.summary = summary }

  /// The object and a line end.
  public func bytes() -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.write("passed", summary.count(.passed))
      json.write("failed", summary.count(.failed))
      json.write("skipped", summary.count(.skipped))
      json.write("milliseconds", Self.milliseconds(summary.nanoseconds))
      json.array("files", summary.outcomes, Self.write)
    }
    json.endLine()
    return json.bytes()
  }

  private static func milliseconds(_ nanoseconds: UInt64) -> Int {
    Int(clamping: nanoseconds / 1_000_000)
  }

  private static func write(_ outcome: FileOutcome, _ json: inout JSONWriter) {
    json.object { json in
      json.write("path", outcome.path)
      json.write("status", outcome.status.rawValue)
      if let reason = outcome.skipReason { json.write("skipReason", reason) }
      json.array("rows", outcome.rowCounts) { $1.write($0) }
      json.write("milliseconds", milliseconds(outcome.nanoseconds))
      if let snapshot = outcome.snapshot { json.write("snapshot", snapshot.rawValue) }
      json.array("problems", outcome.problems, write)
      json.array("findings", outcome.findings) { FindingsJSON.write($0, to: &$1) }
      json.array("notes", outcome.notes) { $1.write($0) }
    }
  }

  private static func write(_ problem: BatchProblem, _ json: inout JSONWriter) {
    json.object { json in
      json.write("kind", problem.kind.rawValue)
      json.write("message", problem.message)
      json.array("details", problem.details) { $1.write($0) }
    }
  }
}

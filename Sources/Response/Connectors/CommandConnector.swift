import FileAccess
import StructuredText

/// Executes actions by a program that reads the order from standard input, without a shell.
///
/// Exit code 0 means that the order was executed, unless what it writes says otherwise: one JSON
/// object `{"status": "completed|failed|alreadyRemediated|alreadyInDestination", "detail": "…"}`.
struct CommandConnector: ResponseConnector {
  private let words: [String]
  private let timeoutSeconds: Double

  init(_ words: [String], timeoutSeconds: Double = 60) {
    self.words = words
    self.timeoutSeconds = timeoutSeconds
  }

  var name: String { "command" }

  func execute(_ order: ActionOrder) -> ActionOutcome {
    let program = words.first ?? ""
    let run = ChildProcess(program, Array(words.dropFirst()), limitBytes: Self.limitBytes)
    do throws(FileFailure) {
      let outcome = try run.run(
        input: Array((order.json + "\n").utf8),
        timeoutSeconds: timeoutSeconds
      )
      return Self.read(outcome)
    } catch {
      if error.operation == .run, error.reason != .timedOut {
        return ActionOutcome(.failed, "the program could not be started: \(error)")
      }
      return ActionOutcome(
        .mayHaveRun,
        "the program \(program) was ended: \(error); find out what it did, then say so with "
          + "'harrier actions settle'"
      )
    }
  }

  func earlierOutcome(of order: ActionOrder) -> EarlierOutcome {
    .unknown(
      "Harrier ended while the program \(words.first ?? "") worked on it; find out what that did, "
        + "then say so with 'harrier actions settle'"
    )
  }

  /// What a program that ended says.
  static func read(_ outcome: ChildProcess.Outcome) -> ActionOutcome {
    let answer = ConnectorAnswer(outcome.output)
    if outcome.code != 0 {
      let said = answer?.detail ?? ConnectorAnswer.line(outcome.errors)
      return ActionOutcome(
        .failed,
        "the program ended with code \(outcome.code)" + (said.isEmpty ? "" : ": " + said)
      )
    }
    if let answer { return ActionOutcome(answer.status, answer.detail) }
    return ActionOutcome(.completed, ConnectorAnswer.line(outcome.output))
  }

  private static let limitBytes = 1 << 20
}

/// What a program or webhook answers.
struct ConnectorAnswer {
  let status: ActionStatus
  let detail: String

  /// nil for what is no such answer.
  init?(_ bytes: [UInt8]) {
    guard let node = try? TextDocument(bytes, format: .json).root,
      let status = node["status"]?.text.flatMap({ ActionStatus(rawValue: $0) }),
      [.completed, .failed, .alreadyRemediated, .alreadyInDestination].contains(status)
    else { return nil }
    self.status = status
    detail = Self.line(Array((node["detail"]?.text ?? "").utf8))
  }

  /// The first line of a text, cut where it is long.
  static func line(_ bytes: [UInt8]) -> String {
    let first = bytes.prefix { $0 != 0x0A && $0 != 0x0D }.prefix(500)
    return String(decoding: first, as: UTF8.self)
  }
}

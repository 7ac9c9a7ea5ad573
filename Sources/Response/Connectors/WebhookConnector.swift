import FileAccess

/// Executes actions by sending the order to an address, with the program `curl`. A code from 200 to
/// 299 means that the order was executed, unless the body says otherwise, as for programs.
struct WebhookConnector: ResponseConnector {
  private let address: String
  private let timeoutSeconds: Int

  init(_ address: String, timeoutSeconds: Int = 60) {
    self.address = address
    self.timeoutSeconds = timeoutSeconds
  }

  var name: String { "webhook" }

  func execute(_ order: ActionOrder) -> ActionOutcome {
    let run = ChildProcess("curl", ["--config", "-"], limitBytes: Self.limitBytes)
    do throws(FileFailure) {
      let outcome = try run.run(
        input: Array(configuration(order).utf8),
        timeoutSeconds: Double(timeoutSeconds + 10)
      )
      return read(outcome)
    } catch {
      if error.reason == .missing {
        return ActionOutcome(.failed, "webhooks need the program 'curl', which is not here")
      }
      return Self.unclear("curl was ended: \(error)")
    }
  }

  func earlierOutcome(of order: ActionOrder) -> EarlierOutcome {
    .unknown(
      "Harrier ended while the order was sent to its webhook; find out what that did, then say so "
        + "with 'harrier actions settle'"
    )
  }

  /// What curl is to do, as it reads it from standard input: neither the address, which may hold a
  /// secret, nor the order is an argument that others see.
  private func configuration(_ order: ActionOrder) -> String {
    """
    url = "\(address)"
    request = "POST"
    header = "Content-Type: application/json"
    header = "Idempotency-Key: \(Self.quoted(order.reference.description))"
    data-raw = "\(Self.quoted(order.json))"
    max-time = \(timeoutSeconds)
    proto = "=http,https"
    globoff
    silent
    show-error
    write-out = "\\n%{http_code}"

    """
  }

  /// A text within quotes of curl's configuration.
  private static func quoted(_ text: String) -> String {
    var quoted = ""
    for letter in text.unicodeScalars {
      switch letter {
      case "\\": quoted += "\\\\"
      case "\"": quoted += "\\\""
      case "\n", "\r", "\0": quoted += " "
      default: quoted.unicodeScalars.append(letter)
      }
    }
    return quoted
  }

  private func read(_ outcome: ChildProcess.Outcome) -> ActionOutcome {
    let said = ConnectorAnswer.line(outcome.errors)
    // What was never sent cannot have run: a bad address, no such host, no connection.
    if [1, 2, 3, 5, 6, 7, 35, 60].contains(outcome.code) {
      return ActionOutcome(.failed, "the order could not be sent: \(said)")
    }
    if outcome.code != 0 { return Self.unclear(said) }
    let lines = outcome.output.split(separator: 0x0A, omittingEmptySubsequences: false)
    let code = lines.last.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    let body = Array(lines.dropLast().joined(separator: [0x0A]))
    let answer = ConnectorAnswer(body)
    guard (200..<300).contains(code) else {
      return ActionOutcome(.failed, "the webhook answered \(code): \(ConnectorAnswer.line(body))")
    }
    return ActionOutcome(answer?.status ?? .completed, answer?.detail ?? "answered \(code)")
  }

  private static func unclear(_ why: String) -> ActionOutcome {
    ActionOutcome(
      .mayHaveRun,
      "what the webhook did is not known (\(why)); find out, then say so with "
        + "'harrier actions settle'"
    )
  }

  private static let limitBytes = 1 << 20
}

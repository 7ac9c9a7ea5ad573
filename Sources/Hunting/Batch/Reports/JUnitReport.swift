import FileAccess

/// Writes what came of query files as JUnit XML: a suite for each folder, a case for each file.
public struct JUnitReport {
  private let summary: BatchSummary
  /// The most characters that a case says of its failure.
  private static let mostText = 16_384

  public init(_ summary: BatchSummary) { self.summary = summary }

  /// The whole document.
  public func bytes() -> [UInt8] {
    let outcomes = summary.outcomes
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites name=\"harrier run\" \(Self.counts(outcomes, summary.nanoseconds))>",
    ]
    for (folder, members) in suites() {
      let time = members.reduce(0) { $0 + $1.nanoseconds }
      lines.append("  <testsuite name=\"\(XMLText(folder).text)\" \(Self.counts(members, time))>")
      lines += members.flatMap { Self.testCase($0, folder) }
      lines.append("  </testsuite>")
    }
    lines.append("</testsuites>\n")
    return Array(lines.joined(separator: "\n").utf8)
  }

  /// The files of each folder, in the order in which folders come first.
  private func suites() -> [(folder: String, members: [FileOutcome])] {
    var order: [String] = []
    var members: [String: [FileOutcome]] = [:]
    for outcome in summary.outcomes {
      let folder = Self.folder(outcome.path)
      if members[folder] == nil { order.append(folder) }
      members[folder, default: []].append(outcome)
    }
    return order.map { ($0, members[$0] ?? []) }
  }

  private static func folder(_ path: String) -> String {
    let name = PathText.name(of: path)
    let folder = path.dropLast(name.count + 1)
    if folder.isEmpty { return path.hasPrefix("/") ? "/" : "." }
    return String(folder)
  }

  private static func counts(_ outcomes: [FileOutcome], _ nanoseconds: UInt64) -> String {
    let failed = outcomes.count { $0.status == .failed }
    let skipped = outcomes.count { $0.status == .skipped }
    return "tests=\"\(outcomes.count)\" failures=\"\(failed)\" errors=\"0\" "
      + "skipped=\"\(skipped)\" time=\"\(seconds(nanoseconds))\""
  }

  private static func seconds(_ nanoseconds: UInt64) -> String {
    DecimalText.fixed(Double(nanoseconds) / 1_000_000_000, digits: 3)
  }

  private static func testCase(_ outcome: FileOutcome, _ folder: String) -> [String] {
    let name = XMLText(PathText.name(of: outcome.path)).text
    let head =
      "    <testcase name=\"\(name)\" classname=\"\(XMLText(folder).text)\" "
      + "file=\"\(XMLText(outcome.path).text)\" time=\"\(seconds(outcome.nanoseconds))\""
    var body: [String] = []
    if let first = outcome.problems.first {
      let texts = outcome.problems.map { ProblemText($0).text }
      let all = String(texts.joined(separator: "\n").prefix(mostText))
      body.append(
        "      <failure type=\"\(first.kind.rawValue)\" "
          + "message=\"\(XMLText(first.message).text)\">\(XMLText(all).text)</failure>"
      )
    } else if let reason = outcome.skipReason {
      body.append("      <skipped message=\"\(XMLText(reason).text)\"/>")
    }
    let notes = String(outcome.notes.joined(separator: "\n").prefix(mostText))
    if !notes.isEmpty { body.append("      <system-out>\(XMLText(notes).text)</system-out>") }
    if body.isEmpty { return [head + "/>"] }
    return [head + ">"] + body + ["    </testcase>"]
  }
}

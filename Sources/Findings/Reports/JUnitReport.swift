import SourceText
import FileAccess

/// Writes what came of files as JUnit XML: a suite for each folder, a case for each file; or a
/// suite for each file, where its cases have names.
public struct JUnitReport {
  /// What came of one file; texts are raw.
  public struct Case: Sendable {
    /// How it ended.
    public enum Outcome: Sendable {
      case passed
      /// With the kind of the first failure, what it says, and all that there is to say.
      case failed(type: String, message: String, text: String)
      case skipped(reason: String)
    }

    public let path: String
    /// What tells the case from others of its file; nil where the file is the case.
    public let name: String?
    public let outcome: Outcome
    /// What a person should know beside it.
    public let notes: [String]
    /// nil where nobody looked at the clock.
    public let nanoseconds: UInt64?

    public init(
      _ path: String,
      _ outcome: Outcome,
      name: String? = nil,
      notes: [String] = [],
      nanoseconds: UInt64? = nil
    ) {
      self.path = path
      self.name = name
      self.outcome = outcome
      self.notes = notes
      self.nanoseconds = nanoseconds
    }
  }

  private let name: String
  private let cases: [Case]
  private let nanoseconds: UInt64?

  /// - Parameters:
  ///   - name: the command, such as `harrier run`.
  ///   - nanoseconds: the time that all took, which cases side by side do not add up to.
  public init(_ name: String, _ cases: [Case], nanoseconds: UInt64? = nil) {
    self.name = name
    self.cases = cases
    self.nanoseconds = nanoseconds
  }

  /// The whole document.
  public func bytes() -> [UInt8] {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites name=\"\(XMLText(name).text)\"\(Self.counts(cases, nanoseconds))>",
    ]
    for (folder, members) in suites() {
      let times = members.compactMap(\.nanoseconds)
      let time = times.isEmpty ? nil : times.reduce(0, +)
      lines.append("  <testsuite name=\"\(XMLText(folder).text)\"\(Self.counts(members, time))>")
      lines += members.flatMap { JUnitCase($0, in: folder).lines }
      lines.append("  </testsuite>")
    }
    lines.append("</testsuites>\n")
    return Array(lines.joined(separator: "\n").utf8)
  }

  /// The cases of each folder, or of each file that has several, in the order of the first ones.
  private func suites() -> [(folder: String, members: [Case])] {
    var order: [String] = []
    var members: [String: [Case]] = [:]
    for item in cases {
      let path = ReportPath(item.path).text
      let suite = item.name == nil ? folder(of: path) : path
      if members[suite] == nil { order.append(suite) }
      members[suite, default: []].append(item)
    }
    return order.map { ($0, members[$0] ?? []) }
  }

  private static func counts(_ cases: [Case], _ nanoseconds: UInt64?) -> String {
    let failed = cases.count { if case .failed = $0.outcome { true } else { false } }
    let skipped = cases.count { if case .skipped = $0.outcome { true } else { false } }
    return " tests=\"\(cases.count)\" failures=\"\(failed)\" errors=\"0\" skipped=\"\(skipped)\""
      + JUnitCase.time(nanoseconds)
  }
}

/// The lines of one case of a JUnit report.
struct JUnitCase {
  private let item: JUnitReport.Case
  private let folder: String
  /// The most characters that a case says of its failure.
  private static let mostText = 16_384

  init(_ item: JUnitReport.Case, in folder: String) {
    self.item = item
    self.folder = folder
  }

  var lines: [String] {
    let name = XMLText(item.name ?? PathText.name(of: item.path)).text
    let head =
      "    <testcase name=\"\(name)\" classname=\"\(XMLText(folder).text)\" "
      + "file=\"\(XMLText(ReportPath(item.path).text).text)\"\(Self.time(item.nanoseconds))"
    let body = outcome + notes
    if body.isEmpty { return [head + "/>"] }
    return [head + ">"] + body + ["    </testcase>"]
  }

  private var outcome: [String] {
    switch item.outcome {
    case .passed: return []
    case .skipped(let reason): return ["      <skipped message=\"\(XMLText(reason).text)\"/>"]
    case .failed(let type, let message, let text):
      let shown = XMLText(String(text.prefix(Self.mostText))).text
      return [
        "      <failure type=\"\(XMLText(type).text)\" message=\"\(XMLText(message).text)\">"
          + "\(shown)</failure>"
      ]
    }
  }

  private var notes: [String] {
    let text = String(item.notes.joined(separator: "\n").prefix(Self.mostText))
    return text.isEmpty ? [] : ["      <system-out>\(XMLText(text).text)</system-out>"]
  }

  /// The attribute for a time in seconds; none where it is not known.
  static func time(_ nanoseconds: UInt64?) -> String {
    guard let nanoseconds else { return "" }
    return " time=\"\(DecimalText.fixed(Double(nanoseconds) / 1_000_000_000, digits: 3))\""
  }
}

extension JUnitReport.Case {
  /// Makes the case of a file that was looked at: findings fail it, hints are notes.
  public init(_ file: CheckedFile) {
    let failures = file.findings.filter { $0.severity > .hint }
    let hints = file.findings.filter { $0.severity == .hint }
    let outcome: Outcome
    if let first = failures.first {
      let text = failures.map(\.line).joined(separator: "\n")
      outcome = .failed(type: first.code, message: first.message, text: text)
    } else {
      outcome = .passed
    }
    self.init(file.path, outcome, notes: hints.map(\.line))
  }
}

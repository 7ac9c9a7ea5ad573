public import Findings
public import SourceText

/// Why a query file failed.
public struct BatchProblem: Error, Equatable {
  /// What failed; decides the code under which it is reported.
  public enum Kind: String, Sendable, CaseIterable {
    /// A directive, or the text of the file, cannot be read.
    case directive
    /// Data of the file cannot be used.
    case data
    /// The text has errors.
    case query
    /// The query could not be run to its end.
    case failure
    /// The outcome is not what was expected.
    case expectation
    /// The results are not those of the snapshot.
    case snapshot
  }

  public let kind: Kind
  /// What was found and what was expected, lower case, without a full stop.
  public let message: String
  /// Lines that show more of it, such as rows that differ; raw data.
  public let details: [String]
  public let file: String
  public let region: TextRegion?
  /// The diagnostic behind it, where it is one.
  public let diagnostic: Diagnostic?

  init(
    _ kind: Kind,
    _ message: String,
    details: [String] = [],
    file: String,
    at region: TextRegion? = nil,
    diagnostic: Diagnostic? = nil
  ) {
    self.kind = kind
    self.message = message
    self.details = details
    self.file = file
    self.region = region
    self.diagnostic = diagnostic
  }

  /// The code under which programs find it.
  public var code: String {
    switch kind {
    case .directive: "HR920"
    case .data: "HR921"
    case .query, .failure: diagnostic?.code ?? "HR900"
    case .expectation: "HR922"
    case .snapshot: "HR923"
    }
  }
}

/// What came of a query file.
public struct FileOutcome: Sendable {
  /// How it ended.
  public enum Status: String, Sendable {
    case passed
    case failed
    case skipped
  }

  /// What became of its snapshot.
  public enum SnapshotChange: String, Sendable {
    case created
    case updated
    case unchanged
  }

  public let path: String
  /// Why it failed; empty where it did not.
  public internal(set) var problems: [BatchProblem] = []
  /// Why it was not run.
  public internal(set) var skipReason: String?
  /// Rows of each result.
  public internal(set) var rowCounts: [Int] = []
  public internal(set) var nanoseconds: UInt64 = 0
  /// Everything that parser, binder and run said, problems that are no diagnostics included.
  public internal(set) var findings: [Finding] = []
  /// What a person should know beside it, such as bad lines of a fixture; raw data.
  public internal(set) var notes: [String] = []
  /// The text; its name is safe to show.
  public internal(set) var source: SourceText?
  /// Set where a snapshot was written, or would have been and is the same.
  public internal(set) var snapshot: SnapshotChange?
  /// Whether it failed at a limit: time, memory, rows or steps.
  public internal(set) var hitLimit = false

  init(path: String) { self.path = path }

  public var status: Status {
    if !problems.isEmpty { return .failed }
    return skipReason == nil ? .passed : .skipped
  }

  public var milliseconds: Double { Double(nanoseconds) / 1_000_000 }

  /// Adds what a problem is as a finding, unless a diagnostic says so already.
  mutating func fail(_ problem: BatchProblem) {
    problems.append(problem)
    if problem.diagnostic != nil { return }
    findings.append(
      Finding(problem.code, .error, problem.message, file: problem.file, at: problem.region)
    )
  }
}

/// What came of all files.
public struct BatchSummary: Sendable {
  public let outcomes: [FileOutcome]
  public let nanoseconds: UInt64

  public init(_ outcomes: [FileOutcome], nanoseconds: UInt64) {
    self.outcomes = outcomes
    self.nanoseconds = nanoseconds
  }

  public func count(_ status: FileOutcome.Status) -> Int {
    outcomes.count { $0.status == status }
  }

  /// Whether files failed and each of them at a limit.
  public var failedAtLimitsOnly: Bool {
    let failed = outcomes.filter { $0.status == .failed }
    return !failed.isEmpty && failed.allSatisfy(\.hitLimit)
  }

  /// How many files failed, passed and were skipped, and in what time.
  public var line: String {
    let seconds = Double(nanoseconds) / 1_000_000_000
    return "\(count(.passed)) passed, \(count(.failed)) failed, \(count(.skipped)) skipped in "
      + "\(DecimalText.fixed(seconds, digits: 2)) s"
  }
}

import DetectionRules
public import StructuredText

/// Why a case failed.
public struct RuleTestProblem: Error, Sendable, Equatable {
  /// `HT` and three digits.
  public let code: String
  public let message: String
  /// Lines that show more of it; raw data.
  public let details: [String]
  public let place: DocumentPlace
  public let help: String?

  init(
    _ code: String,
    _ message: String,
    details: [String] = [],
    at place: DocumentPlace,
    help: String? = nil
  ) {
    self.code = code
    self.message = message
    self.details = details
    self.place = place
    self.help = help
  }

  init(_ problem: RuleProblem) {
    self.init(problem.code, problem.message, at: problem.place, help: problem.help)
  }

  /// What is wrong and what to do about it; raw.
  public var sentence: String { help.map { "\(message); \($0)" } ?? message }
}

/// What came of a case, or of a file of tests that cannot be read.
public struct RuleTestOutcome: Sendable {
  public enum Status: String, Sendable {
    case passed, failed
    /// What came is the expectation from now on.
    case updated
  }

  public let path: String
  /// nil for the file as a whole.
  public let name: String?
  public let place: DocumentPlace
  public let ruleName: String?
  public internal(set) var problems: [RuleTestProblem] = []
  /// The alerts that came.
  public internal(set) var alerts: [AlertHistory.Entry] = []
  public internal(set) var nanoseconds: UInt64 = 0
  /// Whether it failed at a limit: time, memory or rows.
  public internal(set) var hitLimit = false
  public internal(set) var isUpdated = false
  /// What an update writes as the expectation.
  var replacement: DocumentNode?

  init(path: String, name: String?, place: DocumentPlace, ruleName: String?) {
    self.path = path
    self.name = name
    self.place = place
    self.ruleName = ruleName
  }

  public var status: Status {
    isUpdated ? .updated : problems.isEmpty ? .passed : .failed
  }
}

/// What came of all cases.
public struct RuleTestSummary: Sendable {
  public internal(set) var outcomes: [RuleTestOutcome]
  public let nanoseconds: UInt64

  public func count(_ status: RuleTestOutcome.Status) -> Int {
    outcomes.count { $0.status == status }
  }

  /// Whether cases failed and each of them at a limit.
  public var failedAtLimitsOnly: Bool {
    let failed = outcomes.filter { $0.status == .failed }
    return !failed.isEmpty && failed.allSatisfy(\.hitLimit)
  }
}

import Alerts
import Columnar
public import DetectionRules
public import StructuredText

/// A case of a rule's tests: events, a time, and the alerts that are to come.
public struct RuleTestCase: Sendable {
  public let name: String
  public let place: DocumentPlace
  /// The node of the case, which an update writes anew.
  let node: DocumentNode
  /// The end of the first run's window.
  let now: DateTime
  /// How far back runs read; nil for as far as the rule says.
  let window: TimeSpan?
  let events: [TestTable]
  let watchlists: [TestTable]
  let runs: TestRuns
  /// nil where the case says nothing of alerts yet.
  let expectation: AlertExpectation?
  /// What is wrong with the case, so that it cannot be run.
  public let problems: [RuleProblem]

  /// Whether alerts are to come; nil where the case says neither.
  public var isPositive: Bool? { expectation?.isPositive }
}

/// The runs of a case.
enum TestRuns: Sendable {
  /// So many, as far apart as the rule says.
  case count(Int)
  case times([DateTime])

  static let mostRuns = 1000
}

/// A table, or watchlist, that a case has rows for.
struct TestTable: Sendable {
  enum Content: Sendable {
    case rows(ColumnTable)
    case files([String], columns: [ColumnSchema]?)
  }

  let name: String
  let place: DocumentPlace
  let content: Content
}

/// What a case says of alerts.
enum AlertExpectation: Sendable {
  case count(Int)
  case alerts([ExpectedAlert])
  /// A run fails with this code.
  case failure(RunFailure.Code)

  var isPositive: Bool {
    switch self {
    case .count(let count): count > 0
    case .alerts(let alerts): !alerts.isEmpty
    case .failure: false
    }
  }
}

/// An alert that is to come; only what is stated counts.
struct ExpectedAlert: Sendable {
  struct ExpectedEntity: Sendable {
    let kind: EntityKind
    /// Those that it has among others.
    let identifiers: [Entity.Identifier]
  }

  let place: DocumentPlace
  var run: Int?
  var title: String?
  var description: String?
  var severity: Severity?
  var tactics: [Tactic]?
  /// Entities that it has among others.
  var entities: [ExpectedEntity] = []
  /// Details that it has among others.
  var details: [AlertDetail] = []
  var events: Int?
}

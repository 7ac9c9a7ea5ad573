public import Columnar
public import DetectionRules
public import StructuredText

/// A rule as the database keeps it: the file as it was given, and what was read from it.
public struct StoredRule: Sendable {
  public let id: String
  public let name: String
  public let document: String
  public let format: TextDocument.Format
  /// Counts the changes of the rule, from 1.
  public let version: Int
  public let changedAt: DateTime
  public let changedBy: String
  /// nil where this version of Harrier cannot read it any more.
  public let rule: DetectionRule?
}

/// The state of a rule in a tenant.
public enum RuleState: String, Sendable, CaseIterable {
  case enabled, disabled, autoDisabled
}

/// A rule at work in a tenant.
public struct Assignment: Sendable, Equatable {
  public var tenant: String
  public var rule: String
  public var state: RuleState
  /// The instant from which due times count.
  public var anchor: DateTime
  /// The end of the window of the last run that completed; nil before the first.
  public var covered: DateTime?
  /// The sequence number up to which the rows of each table were seen.
  public var watermark: [String: Int64] = [:]
  /// From this event time on, rows were behind the end of the last run's window, also those that
  /// the watermark has passed; nil where the last run's window had no end.
  public var unseenFrom: DateTime?
  /// Runs that failed since the last that completed.
  public var failures = 0
  /// Before this instant it does not run again, since it failed.
  public var retryAt: DateTime?
  /// Before this instant it rests, since it raised an alert.
  public var suppressedUntil: DateTime?
  /// Counts those who took the lease; who holds an older number may not commit.
  public var fence: Int64 = 0
  public var leaseOwner: String?
  public var leaseUntil: DateTime?

  public init(tenant: String, rule: String, state: RuleState, anchor: DateTime) {
    self.tenant = tenant
    self.rule = rule
    self.state = state
    self.anchor = anchor
  }
}

/// A run as the database keeps it.
public struct RunRecord: Sendable, Equatable {
  /// What made it run.
  public enum Cause: String, Sendable {
    /// The first of a rule in a tenant.
    case first
    case scheduled
    /// One for all that were missed.
    case catchUp
    /// One for events that came after the run that should have seen them.
    case late
    /// New events, for a continuous rule.
    case continuous
    /// Somebody asked for it.
    case manual
  }

  public var id: Int64 = 0
  public var tenant: String
  public var rule: String
  public var version: Int
  public var cause: Cause
  public var due: DateTime
  public var start: DateTime
  public var end: DateTime
  public var started: DateTime
  public var finished: DateTime
  public var failure: RunFailure?
  public var rows = 0
  public var newEvents = 0
  public var alerts = 0
  public var foldedEvents = 0
  /// Alerts that stand in the last one, since a run raises so many at most.
  public var cutAlerts = 0
  /// Alerts that tuning did away with.
  public var hiddenAlerts = 0

  /// The length of the window in ticks.
  var span: Int64 { max(0, end.ticks - start.ticks) }
}

/// A time of which a rule saw nothing when it should have.
public struct Gap: Sendable, Equatable {
  public enum Reason: String, Sendable {
    /// Nothing scheduled runs; one run made up for it.
    case downtime
    case disabled
    case suppressed
    /// Runs failed; one run made up for it.
    case failed
  }

  public var start: DateTime
  public var end: DateTime
  public var reason: Reason
}

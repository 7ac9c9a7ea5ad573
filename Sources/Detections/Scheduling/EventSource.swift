public import Columnar
public import DetectionRules
public import Hunting

/// Where rules find the events of tenants.
public protocol EventSource: Sendable {
  /// The events of a tenant as they are now.
  func events(of tenant: String) throws -> any TenantEvents
}

/// The events of a tenant at one moment.
public protocol TenantEvents: Sendable {
  /// The sequence number of the newest row of each table that a rule reads, 0 for one without
  /// rows.
  func newest(for rule: DetectionRule) throws(RunFailure) -> [String: Int64]

  /// The instants, on a grid, that end the windows in which rows that came late lie: rows behind
  /// the watermark whose event time is before `end`, and not before `start`.
  func lateWindows(
    for rule: DetectionRule,
    after watermark: [String: Int64],
    from start: DateTime,
    to end: DateTime,
    grid: (anchor: DateTime, step: TimeSpan)
  ) throws(RunFailure) -> [DateTime]

  /// The rows of a run.
  func rows(
    for rule: DetectionRule,
    tenant: String,
    over window: EventWindow,
    now: DateTime
  ) throws(RunFailure) -> RuleRows
}

import Columnar

/// Forgets old runs and gaps, a few at a time, while nothing is due.
public struct RunRetention {
  /// What was forgotten since the last report.
  public struct Report: Sendable, Equatable {
    /// Runs by tenant.
    public var runs: [String: Int] = [:]
    public var gaps = 0
  }

  /// Days for which runs are kept unless somebody says otherwise.
  public static let standardDays = 90
  /// Runs that one transaction looks at, so that rules wait for milliseconds only.
  private static let most = 1_000
  /// How long it rests when no old runs are left.
  private static let rest = TimeSpan.ticksPerHour

  private let store: DetectionStore
  private let tenants: Set<String>
  private let kept: TimeSpan
  private var position: Int64 = 0
  private var wakes = DateTime(ticks: 0)
  private var report = Report()

  /// - Parameters:
  ///   - tenants: those whose runs are forgotten.
  ///   - days: how long runs are kept.
  public init(_ store: DetectionStore, tenants: Set<String>, days: Int) {
    self.store = store
    self.tenants = tenants
    kept = TimeSpan(ticks: Int64(min(days, Self.mostDays)) * TimeSpan.ticksPerDay)
  }

  /// More days than there are.
  private static let mostDays = 3_652_059

  /// Looks at some runs; nothing while it rests.
  ///
  /// - Returns: what was forgotten, once no old runs are left.
  public mutating func step() throws -> Report? {
    let now = store.now
    if now < wakes { return nil }
    let end = now.moved(by: -kept.ticks)
    let forgotten = try store.forgetRuns(
      before: end,
      of: tenants,
      after: position,
      most: Self.most
    )
    report.runs.merge(forgotten.runs, uniquingKeysWith: +)
    if let last = forgotten.last {
      position = last
      return nil
    }
    report.gaps = try store.forgetGaps(before: end, of: tenants)
    position = 0
    wakes = now.moved(by: Self.rest)
    defer { report = Report() }
    return report == Report() ? nil : report
  }
}

import Columnar
import DetectionRules
import Detections
import Execution
import FileAccess
import HarrierTesting
import Hunting
import OperationalStore
import StructuredText
import Synchronization

/// Events that become visible as a simulated clock goes on, for schedules without a store.
final class SimulatedEvents: EventSource {
  struct Event: Sendable {
    /// Event time.
    let time: DateTime
    /// When its row becomes visible.
    let visible: DateTime
    let report: Int64
    let device: String
  }

  private let all: [Event]
  private let clock: SimulatedClock
  /// Whether evaluations fail now, and how.
  let failure = Mutex<RunFailure?>(nil)

  init(_ events: [Event], _ clock: SimulatedClock) {
    // Sequence numbers are given in the order in which rows become visible.
    all = events.sorted { ($0.visible, $0.report) < ($1.visible, $1.report) }
    self.clock = clock
  }

  func events(of tenant: String) throws -> any TenantEvents {
    if let failure = failure.withLock({ $0 }) { throw failure }
    let now = DateTime(ticks: clock.wallTicks)
    return Visible(rows: Array(all.prefix { $0.visible <= now }))
  }

  struct Visible: TenantEvents {
    let rows: [Event]

    func newest(for rule: DetectionRule) throws(RunFailure) -> [String: Int64] {
      rows.isEmpty ? [:] : ["T": Int64(rows.count)]
    }

    func lateWindows(
      for rule: DetectionRule,
      after watermark: [String: Int64],
      from start: DateTime,
      to end: DateTime,
      grid: (anchor: DateTime, step: TimeSpan)
    ) throws(RunFailure) -> [DateTime] {
      let seen = Int(watermark["T"] ?? 0)
      let late = rows.dropFirst(seen).filter { $0.time >= start && $0.time < end }
      return Set(late.map { RunPlanner.gridTime(after: $0.time, grid.anchor, grid.step) }).sorted()
    }

    func rows(
      for rule: DetectionRule,
      tenant: String,
      over window: EventWindow,
      now: DateTime
    ) throws(RunFailure) -> RuleRows {
      let seen = Int(window.sequences["T"] ?? 0)
      let matching = rows.dropFirst(seen).filter { event in
        event.time >= window.start && (window.end.map { event.time < $0 } ?? true)
      }
      let schema = Schema([
        ColumnSchema("Timestamp", .datetime), ColumnSchema("ReportId", .long),
        ColumnSchema("DeviceId", .string),
      ])
      let result = StoreListing.rows(schema, matching) { event in
        [.datetime(event.time), .long(event.report), .string(ByteString(event.device))]
      }
      do {
        return try RuleRows(result, rule, tenant: tenant)
      } catch {
        throw RunFailure(.queryExecutionFailed, "\(error)", isPermanent: false)
      }
    }
  }
}

/// Lets a crash fall at a commit, before it or after it.
final class CrashingWitness: CommitWitness {
  struct Crash: Error {}

  private let left = Atomic<Int>(.max)

  /// - Parameter moment: counts both sides of each commit; nil for no crash.
  func arm(_ moment: Int?) { left.store(moment ?? .max, ordering: .relaxed) }

  func willCommit() throws { try pass() }
  func didCommit() throws { try pass() }

  private func pass() throws {
    if left.wrappingSubtract(1, ordering: .relaxed).oldValue == 0 { throw Crash() }
  }
}

extension SeededRandomness {
  /// A number from 0 up to, not including, a bound.
  func next(_ bound: Int) -> Int { Int(truncatingIfNeeded: nextUInt64() >> 33) % bound }
}

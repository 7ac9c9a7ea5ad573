import Foundation
import ScheduleSimulation
import Testing

/// Schedules over days, with crashes at each side of commits, others that run the same rules,
/// downtime, late events, clocks that step and rules that are edited and turned off: alerts are
/// those of a schedule without any of it.
///
/// `HARRIER_SCHEDULES=100` runs so many; `harrier-schedules 10000` does it in less time.
struct ScheduleSimulationTests {
  static let count = UInt64(ProcessInfo.processInfo.environment["HARRIER_SCHEDULES"] ?? "") ?? 10

  @Test("what goes wrong changes no alert", arguments: 0..<Self.count)
  func schedules(seed: UInt64) throws {
    #expect(try ScheduleTrial.problems(seed: seed) == [])
  }
}

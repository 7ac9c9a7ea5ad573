import FileAccess
import OperationalStore
import Synchronization

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

import Columnar
import Synchronization

/// The build rows that found a partner, over all workers.
final class BuildMatches: Sendable {
  private let flags: Mutex<[Bool]>

  init(rowCount: Int) {
    flags = Mutex([Bool](repeating: false, count: rowCount + 1))
  }

  /// Takes note of rows.
  func note(_ rows: Selection) {
    flags.withLock { flags in
      let base = rows.base
      for index in 0..<rows.count { flags[Int(base[index])] = true }
    }
  }

  /// The rows, of the given number, that found none.
  func unmatched(of count: Int) -> [UInt32] {
    flags.withLock { flags in
      (0..<count).filter { !flags[$0] }.map { UInt32(truncatingIfNeeded: $0) }
    }
  }
}

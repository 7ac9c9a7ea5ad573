import Columnar
import Synchronization

/// Tables and scalars that a query computes once and uses often.
final class SharedResults: Sendable {
  private struct Kept {
    var tables: [Int: [Batch]] = [:]
    var scalars: [Int: Scalar] = [:]
    var columns: [Int: Vector] = [:]
  }

  private let kept = Mutex(Kept())

  func table(_ id: Int) -> [Batch]? { kept.withLock { $0.tables[id] } }
  func keep(table batches: [Batch], for id: Int) { kept.withLock { $0.tables[id] = batches } }

  func scalar(_ id: Int) -> Scalar? { kept.withLock { $0.scalars[id] } }
  func keep(scalar: Scalar, for id: Int) { kept.withLock { $0.scalars[id] = scalar } }

  func column(_ id: Int) -> Vector? { kept.withLock { $0.columns[id] } }
  func keep(column: Vector, for id: Int) { kept.withLock { $0.columns[id] = column } }
}

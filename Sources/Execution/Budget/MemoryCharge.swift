import Columnar
import Synchronization

/// Bytes taken from a budget until this object goes.
final class MemoryCharge: Sendable {
  private let budget: QueryBudget
  private let bytes = Atomic<Int>(0)

  init(_ budget: QueryBudget) { self.budget = budget }

  deinit { budget.release(byteCount) }

  /// Bytes that are charged.
  var byteCount: Int { bytes.load(ordering: .relaxed) }

  /// Makes the charge larger or smaller, or ends the query where it has too few bytes.
  func resize(to bytes: Int) throws {
    let more = bytes - self.bytes.exchange(bytes, ordering: .relaxed)
    if more > 0 { try budget.charge(more) } else { budget.release(-more) }
  }
}

extension QueryBudget {
  /// Runs a body that needs bytes beside those of buffers.
  func charging<Value>(_ bytes: Int, _ body: () throws -> Value) throws -> Value {
    let charge = MemoryCharge(self)
    try charge.resize(to: bytes)
    return try withExtendedLifetime(charge) { try body() }
  }
}

extension ExecutionContext {
  /// Joins batches row after row, or ends the query where there is no room for that.
  func concatenating(_ batches: [Batch], types: [ScalarType]) throws -> Batch {
    if batches.count > 1 {
      try budget.require(Batch.concatenationByteCount(batches, types: types))
    }
    if batches.count == 1, let only = batches.first { return only }
    let columns = try types.indices.map { index in
      try budget.checkEnd()
      return Vector.concatenating(batches.map { $0.columns[index] }, type: types[index])
    }
    return Batch(columns: columns, count: batches.reduce(0) { $0 + $1.count })
  }
}

package import Columnar
import QueryPlan

/// The kernels of this module as the benchmark of kernels calls them: a batch a call, no work of
/// its own.
package enum ExecutionKernels {
  /// The rows of a batch whose integer lies in a range, as a scan finds them.
  package static func select(
    _ vector: Vector,
    _ rows: Range<Int>,
    in range: ClosedRange<Int64>
  ) -> Selection {
    let flags = BoundsKernel.flags(vector, rows, range)
    return Selection(flags: flags.values(UInt8.self), count: rows.count)
  }

  /// The rows in the order of one ascending key.
  package static func sortedRows(_ keys: Vector) -> [UInt32] {
    let key = SortKey(.literal(.null(keys.type)), isDescending: false, nullsFirst: false)
    return endless { try RowOrder([keys], [key]).sorted(count: keys.count) }
  }

  /// Kernels end early with their query only, and here is none.
  private static func endless<Result>(_ body: () throws -> Result) -> Result {
    do { return try body() } catch { unreachable("no query runs that could be ended") }
  }

  /// Numbers the values of a key, as grouping does.
  package struct Numbering {
    private let column: KeyColumn

    package init(type: ScalarType) {
      column = KeyColumn(KeyValues(type: type), isInserting: true)
    }

    /// Distinct values so far.
    package var count: Int { column.values.count }

    /// Writes the number of each row.
    package func number(_ keys: Vector, into numbers: UnsafeMutablePointer<UInt32>) {
      column.encode(keys, into: numbers)
    }
  }

  /// The keys of a join's build side.
  package struct JoinIndex {
    private let index: KeyIndex

    /// Makes an index of keys, of which none is above `greatest`.
    package init(_ keys: UnsafePointer<UInt64>, count: Int, greatest: UInt64) {
      let numbers = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, count))
      index = endless { try KeyIndex(keys, count: count, greatest: greatest, into: numbers) }
      numbers.deallocate()
    }

    /// Writes the number of each key; `UInt32.max` for those that have none.
    package func find(
      _ keys: UnsafePointer<UInt64>,
      count: Int,
      into numbers: UnsafeMutablePointer<UInt32>
    ) {
      index.find(keys, count: count, into: numbers)
    }
  }
}

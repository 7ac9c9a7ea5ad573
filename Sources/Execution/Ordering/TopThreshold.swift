import Columnar
import QueryPlan
import Synchronization

/// How good a row must be at least to be among the rows that `top` wants, as all workers know it.
///
/// Kept for a first key that orders as an integer; it only ever gets stricter.
final class TopThreshold: Sendable {
  let isDescending: Bool
  /// Whether a null is better than any value.
  let nullsFirst: Bool
  /// Rank word of the worst wanted row as `SortColumn` has it; all ones while there are too few.
  private let worst = Atomic<UInt64>(.max)

  init(_ key: SortKey) {
    isDescending = key.isDescending
    nullsFirst = key.nullsFirst
  }

  /// Notes the rank word of a row that has as many rows before it as are wanted.
  ///
  /// A loop, for `min` of an unsigned atomic compares signed numbers (Swift 6.3).
  func tighten(to word: UInt64) {
    var known = worst.load(ordering: .relaxed)
    while word < known {
      let swap = worst.weakCompareExchange(expected: known, desired: word, ordering: .relaxed)
      if swap.exchanged { return }
      known = swap.original
    }
  }

  /// The values that may still get in; nil while any may. Equal ones may, for ties go by place.
  var range: ClosedRange<Int64>? {
    let word = worst.load(ordering: .relaxed)
    if word == .max { return nil }
    let value = Int64(bitPattern: (isDescending ? ~word : word) ^ 1 &<< 63)
    return isDescending ? value...Int64.max : Int64.min...value
  }
}

/// Which column of a plan a `top` above it orders by first.
struct TopHint {
  let threshold: TopThreshold
  let column: ColumnID

  /// The hint of a `top`; nil where its first key is no column of integers.
  init?(_ top: Top) {
    guard let key = top.keys.first, case .column(let id, let type) = key.expression,
      type.ordersAsInteger
    else { return nil }
    threshold = TopThreshold(key)
    column = id
  }

  private init(_ threshold: TopThreshold, _ column: ColumnID) {
    self.threshold = threshold
    self.column = column
  }

  /// The hint for the input of a projection; nil where it computes the column.
  func behind(_ project: Project) -> TopHint? {
    for item in project.expressions where item.column.id == column {
      guard case .column(let source, let type) = item.expression, type == item.column.type else {
        return nil
      }
      return TopHint(threshold, source)
    }
    return nil
  }

  /// The hint for a leg of a union.
  func behind(_ leg: UnionLeg, of union: Union) -> TopHint? {
    for (output, source) in zip(union.outputs, leg.sources) where output.id == column {
      return source.map { TopHint(threshold, $0) }
    }
    return nil
  }
}

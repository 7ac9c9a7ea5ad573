import Columnar

/// How one fixed-width argument is folded into one running total a group.
protocol FoldRule {
  associatedtype Input: FixedWidthValue
  associatedtype Total: BitwiseCopyable
  associatedtype Output: FixedWidthValue
  /// The total over no rows.
  static var empty: Total { get }
  /// Adds one value.
  static func add(_ value: Input, to total: inout Total)
  /// Adds values without nulls that all belong to one group.
  static func add(_ values: UnsafePointer<Input>, count: Int, to total: inout Total)
  /// Adds the total of later rows.
  static func combine(_ later: Total, into total: inout Total)
  /// The result of a group; nil for null.
  static func result(_ total: Total) -> Output?
}

extension FoldRule {
  @inline(__always)
  static func add(_ values: UnsafePointer<Input>, count: Int, to total: inout Total) {
    var local = total
    for row in 0..<count { add(values[row], to: &local) }
    total = local
  }
}

/// Folds one fixed-width argument; nulls are skipped.
///
/// Methods of a generic class that are called through a protocol are not specialised, so the
/// loops are closures, which the initialiser makes where the rule is known.
final class FoldState<Rule: FoldRule>: AggregateState {
  private let totals: GroupArray<Rule.Total>
  private let updateTotals: (Vector, UnsafePointer<UInt32>, Int) -> Void
  private let mergeTotals: (GroupArray<Rule.Total>, UnsafePointer<UInt32>, Int) -> Void
  private let results: (Int) -> Vector

  @inline(__always)
  init(_: Rule.Type) {
    let totals = GroupArray<Rule.Total>(filler: Rule.empty)
    self.totals = totals
    updateTotals = { vector, groups, count in
      let base = totals.base
      vector.withFixedRows(Rule.Input.self) { rows, nulls in
        guard nulls == nil, let group = onlyGroup(groups, count) else {
          forEachRow(nulls, count) { Rule.add(rows[$0], to: &base[Int(groups[$0])]) }
          return
        }
        Rule.add(rows, count: count, to: &base[group])
      }
    }
    mergeTotals = { more, mapping, count in
      let base = totals.base
      for group in 0..<count { Rule.combine(more.base[group], into: &base[Int(mapping[group])]) }
    }
    results = { groups in
      let builder = FixedBuilder<Rule.Output>(capacity: groups)
      for group in 0..<groups { builder.append(Rule.result(totals.base[group])) }
      return builder.finish()
    }
  }

  var byteCount: Int { totals.byteCount }

  func reserve(groups: Int) { totals.resize(to: groups) }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    updateTotals(arguments[0], groups, count)
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) {
    mergeTotals(same(other, groups: count).totals, mapping, count)
  }

  func finish(groups: Int) -> [Vector] { [results(groups)] }
}

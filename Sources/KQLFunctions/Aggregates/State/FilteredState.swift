import Columnar

/// The `…if` form of any aggregate: only rows in which a predicate is true reach the inner state.
final class FilteredState: AggregateState {
  private let inner: any AggregateState
  private let predicate: Int

  /// Wraps a state; `predicate` is the position of the predicate among the arguments.
  init(_ inner: any AggregateState, predicate: Int) {
    self.inner = inner
    self.predicate = predicate
  }

  var byteCount: Int { inner.byteCount }

  func reserve(groups: Int) { inner.reserve(groups: groups) }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) throws {
    let chosen = Selection(trueRowsOf: arguments[predicate])
    var rest = arguments
    rest.remove(at: predicate)
    if chosen.count == count { return try inner.update(rest, groups: groups, count: count) }
    guard chosen.count > 0 else { return }
    let picked = Buffer(byteCount: chosen.count * 4)
    let target = picked.values(UInt32.self)
    try withExtendedLifetime((chosen, picked)) {
      let rows = chosen.base
      for index in 0..<chosen.count { target[index] = groups[Int(rows[index])] }
      try inner.update(rest.map { $0.gather(chosen) }, groups: target, count: chosen.count)
    }
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) throws {
    try inner.merge(same(other, groups: count).inner, mapping: mapping, count: count)
  }

  func finish(groups: Int) throws -> [Vector] { try inner.finish(groups: groups) }
}

extension AggregateFunction {
  /// Declares the `…if` form of an aggregate, whose predicate stands behind the first arguments.
  static func filtered(
    _ name: String,
    aliases: [FunctionAlias] = [],
    of inner: AggregateFunction,
    _ signature: String,
    naming: ResultNaming? = nil,
    predicate: Int = 1,
    _ summary: String,
    examples: [Example]
  ) -> AggregateFunction {
    AggregateFunction(
      name,
      aliases: aliases,
      signature,
      naming: naming,
      summary,
      examples: examples,
      isOrderSensitive: inner.isOrderSensitive
    ) { request in
      FilteredState(try inner.makeState(request.dropping(predicate)), predicate: predicate)
    }
  }
}

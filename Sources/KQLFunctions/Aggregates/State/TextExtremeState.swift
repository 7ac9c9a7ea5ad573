import Columnar

/// `max(x)` or `min(x)` of strings, ordered by bytes; the empty string over no rows.
///
/// The missing string `""` is a value like any other, the smallest.
final class TextExtremeState<End: ExtremeEnd>: AggregateState {
  private let best = TextSlots()
  private let present = GroupArray<UInt8>(filler: 0)

  init(_: End.Type) {}

  var byteCount: Int { best.byteCount + present.byteCount }

  func reserve(groups: Int) {
    best.reserve(groups: groups)
    present.resize(to: groups)
  }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    arguments[0].withTextRows { rows, _ in
      for row in 0..<count { offer(rows[row], Int(groups[row])) }
    }
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) {
    let later = same(other, groups: count)
    for group in 0..<count where later.present[group] != 0 {
      offer(later.best.view(group), Int(mapping[group]))
    }
  }

  func finish(groups: Int) throws -> [Vector] {
    let builder = TextBuilder(capacity: groups)
    var checks = ByteChecks()
    for group in 0..<groups {
      let text = best.view(group)
      builder.append(text)
      try checks.countDown(text.count)
    }
    return [builder.finish()]
  }

  @inline(__always)
  private func offer(_ text: TextView, _ group: Int) {
    if present[group] != 0, !End.improves(order: text.compare(best.view(group))) { return }
    present[group] = 1
    best.store(text, group: group)
  }
}

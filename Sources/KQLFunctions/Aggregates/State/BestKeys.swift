import Columnar

/// Best keys of a fixed-width type.
final class FixedBestKeys<Value: ExtremeValue, End: ExtremeEnd>: BestKeys {
  private let best = GroupArray(filler: Value.filler)
  private let present = GroupArray<UInt8>(filler: 0)

  init() {}

  var byteCount: Int { best.byteCount + present.byteCount }

  func reserve(groups: Int) {
    best.resize(to: groups)
    present.resize(to: groups)
  }

  func offer(
    _ vector: Vector,
    groups: UnsafePointer<UInt32>,
    count: Int,
    better: (Int, Int) -> Void
  ) {
    vector.withFixedRows(Value.self) { rows, nulls in
      forEachRow(nulls, count) { row in
        let group = Int(groups[row])
        if present[group] == 0 || End.improves(rows[row], on: best[group]) {
          best[group] = rows[row]
          present[group] = 1
          better(row, group)
        }
      }
    }
  }

  func offer(
    _ later: FixedBestKeys,
    mapping: UnsafePointer<UInt32>,
    count: Int,
    better: (Int, Int) -> Void
  ) {
    for source in 0..<count where later.present[source] != 0 {
      let group = Int(mapping[source])
      if present[group] == 0 || End.improves(later.best[source], on: best[group]) {
        best[group] = later.best[source]
        present[group] = 1
        better(source, group)
      }
    }
  }

  func vector(_ groups: Int) -> Vector { best.vector(groups, present: present) }
}

/// Best keys of strings, ordered by bytes.
final class TextBestKeys<End: ExtremeEnd>: BestKeys {
  private let best = TextSlots()
  private let present = GroupArray<UInt8>(filler: 0)

  init() {}

  var byteCount: Int { best.byteCount + present.byteCount }

  func reserve(groups: Int) {
    best.reserve(groups: groups)
    present.resize(to: groups)
  }

  func offer(
    _ vector: Vector,
    groups: UnsafePointer<UInt32>,
    count: Int,
    better: (Int, Int) -> Void
  ) {
    vector.withTextRows { rows, _ in
      for row in 0..<count {
        if offer(rows[row], Int(groups[row])) { better(row, Int(groups[row])) }
      }
    }
  }

  func offer(
    _ later: TextBestKeys,
    mapping: UnsafePointer<UInt32>,
    count: Int,
    better: (Int, Int) -> Void
  ) {
    for source in 0..<count where later.present[source] != 0 {
      if offer(later.best.view(source), Int(mapping[source])) {
        better(source, Int(mapping[source]))
      }
    }
  }

  func vector(_ groups: Int) -> Vector {
    let builder = TextBuilder(capacity: groups)
    for group in 0..<groups { builder.append(best.view(group)) }
    return builder.finish()
  }

  @inline(__always)
  private func offer(_ text: TextView, _ group: Int) -> Bool {
    if present[group] != 0, !End.improves(order: text.compare(best.view(group))) { return false }
    present[group] = 1
    best.store(text, group: group)
    return true
  }
}

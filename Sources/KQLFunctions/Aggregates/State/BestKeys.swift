import Columnar

/// The best key of each group, for `arg_max` and `arg_min`.
protocol BestKeys: AnyObject {
  var byteCount: Int { get }
  func reserve(groups: Int)
  /// Compares rows with the best ones; writes each row that is better, in order, and returns how
  /// many there are.
  func offer(
    _ vector: Vector,
    groups: UnsafePointer<UInt32>,
    count: Int,
    into better: UnsafeMutablePointer<UInt32>
  ) -> Int
  /// Compares the best keys of another worker, which are of the same type; writes each of its
  /// groups that is better and returns how many there are.
  func offer(
    _ later: any BestKeys,
    mapping: UnsafePointer<UInt32>,
    count: Int,
    into better: UnsafeMutablePointer<UInt32>
  ) -> Int
  func vector(_ groups: Int) -> Vector
}

/// Best keys of a fixed-width type. The loops are closures for the sake of specialisation, as
/// those of `FoldState` are.
final class FixedBestKeys<Value: ExtremeValue, End: ExtremeEnd>: BestKeys {
  private typealias Offer = (
    _ values: UnsafePointer<Value>, _ skipped: NullFlags?, _ groups: UnsafePointer<UInt32>,
    _ count: Int, _ better: UnsafeMutablePointer<UInt32>
  ) -> Int

  private let best: GroupArray<Value>
  /// 1 for a group that has no key.
  private let missing: GroupArray<UInt8>
  private let offerValues: Offer
  private let offerVector: (Vector, UnsafePointer<UInt32>, Int, UnsafeMutablePointer<UInt32>) -> Int

  @inline(__always)
  init(_: Value.Type, _: End.Type) {
    let best = GroupArray<Value>(filler: Value.filler)
    let missing = GroupArray<UInt8>(filler: 1)
    self.best = best
    self.missing = missing
    let offer: Offer = { values, skipped, groups, count, better in
      let keys = best.base
      let flags = missing.base
      var found = 0
      for row in 0..<count {
        if let skipped, skipped[row] != 0 { continue }
        let group = Int(groups[row])
        if flags[group] != 0 || End.improves(values[row], on: keys[group]) {
          keys[group] = values[row]
          flags[group] = 0
          better[found] = UInt32(truncatingIfNeeded: row)
          found &+= 1
        }
      }
      return found
    }
    offerValues = offer
    offerVector = { vector, groups, count, better in
      vector.withFixedRows(Value.self) { offer($0, $1, groups, count, better) }
    }
  }

  var byteCount: Int { best.byteCount + missing.byteCount }

  func reserve(groups: Int) {
    best.resize(to: groups)
    missing.resize(to: groups)
  }

  func offer(
    _ vector: Vector,
    groups: UnsafePointer<UInt32>,
    count: Int,
    into better: UnsafeMutablePointer<UInt32>
  ) -> Int {
    offerVector(vector, groups, count, better)
  }

  func offer(
    _ later: any BestKeys,
    mapping: UnsafePointer<UInt32>,
    count: Int,
    into better: UnsafeMutablePointer<UInt32>
  ) -> Int {
    guard let later = later as? FixedBestKeys else { return 0 }
    return offerValues(later.best.base, later.missing.base, mapping, count, better)
  }

  func vector(_ groups: Int) -> Vector { best.vector(groups, missing: missing) }
}

/// Best keys of strings, ordered by bytes.
final class TextBestKeys<End: ExtremeEnd>: BestKeys {
  private let best = TextSlots()
  private let present = GroupArray<UInt8>(filler: 0)

  init(_: End.Type) {}

  var byteCount: Int { best.byteCount + present.byteCount }

  func reserve(groups: Int) {
    best.reserve(groups: groups)
    present.resize(to: groups)
  }

  func offer(
    _ vector: Vector,
    groups: UnsafePointer<UInt32>,
    count: Int,
    into better: UnsafeMutablePointer<UInt32>
  ) -> Int {
    vector.withTextRows { rows, _ in
      var found = 0
      for row in 0..<count where offer(rows[row], Int(groups[row])) {
        better[found] = UInt32(truncatingIfNeeded: row)
        found += 1
      }
      return found
    }
  }

  func offer(
    _ later: any BestKeys,
    mapping: UnsafePointer<UInt32>,
    count: Int,
    into better: UnsafeMutablePointer<UInt32>
  ) -> Int {
    guard let later = later as? TextBestKeys else { return 0 }
    var found = 0
    for source in 0..<count where later.present[source] != 0 {
      if offer(later.best.view(source), Int(mapping[source])) {
        better[found] = UInt32(truncatingIfNeeded: source)
        found += 1
      }
    }
    return found
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

import Columnar

/// How exactly `dcount` counts.
struct DistinctAccuracy {
  /// The binary logarithm of the registers of a sketch.
  let precision: Int
  /// Up to this many values of a group are counted exactly.
  var exactLimit: Int { 1 << (precision - 2) }

  /// The precision of Kusto's accuracy levels 0 to 4: 1.6, 0.8, 0.4, 0.28 and 0.2 per cent.
  init?(level: Int64) {
    switch level {
    case 0: precision = 12
    case 1: precision = 14
    case 2: precision = 16
    case 3: precision = 17
    case 4: precision = 18
    default: return nil
    }
  }

  /// The accuracy of a sketch that was read from data; nil for one that no level has.
  init?(precision: Int) {
    guard [12, 14, 16, 17, 18].contains(precision) else { return nil }
    self.precision = precision
  }
}

/// The different values of each group: exactly while they are few, then in a sketch.
///
/// The hashes of a group that turned into a sketch stay in the set and are shown to the sketch
/// in the end, so the result depends on the set of values alone.
final class DistinctCounter {
  let accuracy: DistinctAccuracy
  private let exact = GroupHashSet()
  private let counts = GroupArray<UInt32>(filler: 0)
  /// The number of the sketch of a group plus one, or 0.
  private let sketchOfGroup = GroupArray<UInt32>(filler: 0)
  private var sketches: [HyperLogLog] = []

  init(_ accuracy: DistinctAccuracy) { self.accuracy = accuracy }

  /// Bytes held.
  var byteCount: Int {
    exact.byteCount + counts.byteCount + sketchOfGroup.byteCount
      + sketches.count << accuracy.precision
  }

  func reserve(groups: Int) {
    counts.resize(to: groups)
    sketchOfGroup.resize(to: groups)
  }

  @inline(__always)
  func add(_ hash: UInt64, group: Int) {
    let sketch = sketchOfGroup[group]
    if sketch != 0 { return sketches[Int(sketch) - 1].add(hash) }
    guard exact.insert(hash, group: UInt32(truncatingIfNeeded: group)) else { return }
    counts[group] &+= 1
    if Int(counts[group]) > accuracy.exactLimit { _ = makeSketch(group) }
  }

  /// Adds the registers of a sketch of the same precision.
  func add(registers: UnsafeBufferPointer<UInt8>, group: Int) {
    makeSketch(group).merge(registers)
  }

  /// Adds another worker's groups.
  func merge(_ other: DistinctCounter, mapping: UnsafePointer<UInt32>, count: Int) {
    for group in 0..<count where other.sketchOfGroup[group] != 0 {
      let later = other.sketches[Int(other.sketchOfGroup[group]) - 1]
      add(registers: later.contents, group: Int(mapping[group]))
    }
    other.exact.forEach { hash, group in add(hash, group: Int(mapping[Int(group)])) }
  }

  /// Shows the sketches what was counted exactly before they were made.
  func settle() {
    guard !sketches.isEmpty else { return }
    exact.forEach { hash, group in
      let sketch = sketchOfGroup[Int(group)]
      if sketch != 0 { sketches[Int(sketch) - 1].add(hash) }
    }
  }

  /// Whether a group has seen no value.
  func isEmpty(_ group: Int) -> Bool { sketchOfGroup[group] == 0 && counts[group] == 0 }

  /// The number of values of a group; after `settle`.
  func count(_ group: Int) -> Int64 {
    let sketch = sketchOfGroup[group]
    return sketch == 0 ? Int64(counts[group]) : sketches[Int(sketch) - 1].estimate
  }

  /// The registers of a group that has a sketch; after `settle`.
  func registers(_ group: Int) -> UnsafeBufferPointer<UInt8>? {
    let sketch = sketchOfGroup[group]
    return sketch == 0 ? nil : sketches[Int(sketch) - 1].contents
  }

  /// Calls back for each value of a group that is counted exactly.
  func forEachExact(_ body: (UInt64, UInt32) -> Void) {
    exact.forEach { if sketchOfGroup[Int($1)] == 0 { body($0, $1) } }
  }

  private func makeSketch(_ group: Int) -> HyperLogLog {
    if sketchOfGroup[group] != 0 { return sketches[Int(sketchOfGroup[group]) - 1] }
    let made = HyperLogLog(precision: accuracy.precision)
    sketches.append(made)
    sketchOfGroup[group] = UInt32(truncatingIfNeeded: sketches.count)
    return made
  }
}

import Columnar

/// The form in which `hll` gives away what it has seen: `[[precision], [hashes], registers]`.
///
/// Few values are listed as hashes, many are a text with one byte a register.
enum SketchForm {
  /// Added to a register so that each is a printable character.
  private static let registerBase: UInt8 = 48

  /// Writes a group of a settled counter; `hashes` are its values where it is counted exactly.
  static func write(
    _ counter: DistinctCounter,
    group: Int,
    hashes: [UInt64],
    to writer: inout DynamicWriter
  ) {
    writer.beginArray()
    writer.beginArray()
    writer.append(long: Int64(counter.accuracy.precision))
    writer.endArray()
    writer.beginArray()
    for hash in hashes.sorted() { writer.append(long: Int64(bitPattern: hash)) }
    writer.endArray()
    if let registers = counter.registers(group) {
      writer.append(string: registers.map { $0 &+ registerBase })
    }
    writer.endArray()
  }

  /// The accuracy of a sketch; nil for a value that is none.
  static func accuracy(_ sketch: DynamicView) -> DistinctAccuracy? {
    guard let precision = sketch.element(at: 0)?.element(at: 0)?.long else { return nil }
    return DistinctAccuracy(precision: Int(clamping: precision))
  }

  /// Adds a sketch of the counter's precision to a group.
  static func add(_ sketch: DynamicView, to counter: DistinctCounter, group: Int) {
    for hash in sketch.element(at: 1)?.elements ?? DynamicView.null.elements {
      if let hash = hash.long { counter.add(UInt64(bitPattern: hash), group: group) }
    }
    guard let text = sketch.element(at: 2)?.string,
      text.count == 1 << counter.accuracy.precision
    else { return }
    let registers = text.map { $0 < registerBase ? 0 : min($0 &- registerBase, 64) }
    registers.withUnsafeBufferPointer { counter.add(registers: $0, group: group) }
  }

  /// A counter of one group with what several sketches have seen; nil where one is no sketch or
  /// has another precision.
  static func counter(_ sketches: [DynamicView]) -> DistinctCounter? {
    guard let first = sketches.first, let accuracy = accuracy(first) else { return nil }
    let counter = DistinctCounter(accuracy)
    counter.reserve(groups: 1)
    for sketch in sketches {
      guard Self.accuracy(sketch)?.precision == accuracy.precision else { return nil }
      add(sketch, to: counter, group: 0)
    }
    counter.settle()
    return counter
  }

  /// The hashes of each group that is counted exactly.
  static func hashes(_ counter: DistinctCounter, groups: Int) -> [[UInt64]] {
    var found = [[UInt64]](repeating: [], count: groups)
    counter.forEachExact { hash, group in
      if Int(group) < groups { found[Int(group)].append(hash) }
    }
    return found
  }
}

/// `hll(x)` and `hll_merge(sketch)`: what `dcount` counts, to be merged and counted later; null
/// where there was nothing to count.
final class SketchState: AggregateState {
  private let hasher: ValueHasher?
  private var counter: DistinctCounter?
  private var groups = 0

  /// Makes a state that takes in values.
  init(type: ScalarType, accuracy: DistinctAccuracy) {
    hasher = ValueHasher(type: type)
    counter = DistinctCounter(accuracy)
  }

  /// Makes a state that takes in sketches; the first one tells the precision.
  init() { hasher = nil }

  var byteCount: Int { counter?.byteCount ?? 0 }

  func reserve(groups: Int) {
    self.groups = max(groups, self.groups)
    counter?.reserve(groups: self.groups)
  }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) throws {
    if let hasher, let counter {
      return hasher.forEachHash(arguments[0], count) { counter.add($1, group: Int(groups[$0])) }
    }
    try arguments[0].withTextRows { rows, _ in
      for row in 0..<count {
        let sketch = DynamicView(rows[row].base, count: rows[row].count)
        guard let accuracy = SketchForm.accuracy(sketch) else { continue }
        SketchForm.add(sketch, to: try counter(of: accuracy), group: Int(groups[row]))
      }
    }
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) throws {
    guard let later = same(other, groups: count).counter else { return }
    try counter(of: later.accuracy).merge(later, mapping: mapping, count: count)
  }

  func finish(groups: Int) throws -> [Vector] {
    guard let counter else {
      return [Vector(constant: .null(.dynamic), count: groups)]
    }
    counter.settle()
    let hashes = SketchForm.hashes(counter, groups: groups)
    var results = DynamicResults(groups: groups)
    for group in 0..<groups {
      try results.append {
        if counter.isEmpty(group) { return $0.appendNull() }
        SketchForm.write(counter, group: group, hashes: hashes[group], to: &$0)
      }
    }
    return [results.finish()]
  }

  private func counter(of accuracy: DistinctAccuracy) throws -> DistinctCounter {
    if let counter {
      guard counter.accuracy.precision == accuracy.precision else {
        throw QueryFailure(.evaluation, "hll sketches of different accuracy cannot be merged")
      }
      return counter
    }
    let made = DistinctCounter(accuracy)
    made.reserve(groups: groups)
    counter = made
    return made
  }
}

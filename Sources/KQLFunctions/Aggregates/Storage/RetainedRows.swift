import Columnar

/// Rows that are kept as the vectors in which they came, for aggregates that want few of the many
/// rows that they see: values are copied once, in the end.
///
/// A row is known by a reference: the number of its part in the upper half, its place there in
/// the lower. Batches that are runs of the same buffers, as those of a table are, share a part.
final class RetainedRows {
  private struct Part {
    var columns: [Vector]
    /// Bytes that only this part keeps alive.
    var byteCount: Int
    var isAlive: Bool { !columns.isEmpty }
  }

  private let types: [ScalarType]
  private var parts: [Part] = []
  /// How many rows of each part are wanted.
  private let wanted = GroupArray<UInt32>(filler: 0)
  /// Parts that still have vectors.
  private var alive: [Int] = []
  private var nextSweep = 16
  private var partBytes = 0

  /// The reference of no row.
  static let none = UInt64.max

  init(types: [ScalarType]) { self.types = types }

  /// Bytes held beside buffers.
  var byteCount: Int { wanted.byteCount + parts.count * 24 }

  /// Bytes of vectors that nobody else holds.
  var ownedByteCount: Int { partBytes }

  /// Takes a batch in and returns the reference of its first row; the next rows follow.
  func open(_ columns: [Vector], count: Int) -> UInt64 {
    let runs = columns.map { $0.run }
    let start = Self.commonStart(runs) ?? 0
    let isRun = Self.commonStart(runs) != nil
    let part = isRun ? runs.map { $0.whole } : columns
    if isRun, let last = parts.last, last.isAlive, Self.areSame(last.columns, part) {
      return reference(parts.count - 1, start)
    }
    if alive.count >= nextSweep { sweep() }
    let bytes = part.reduce(0) { $0 + ($1.count <= 2 * count ? $1.ownByteCount : 0) }
    add(Part(columns: part, byteCount: bytes))
    return reference(parts.count - 1, start)
  }

  /// Wants a row in place of another.
  @inline(__always)
  func want(_ reference: UInt64, insteadOf old: UInt64) {
    wanted.base[Int(reference &>> 32)] &+= 1
    if old != Self.none { wanted.base[Int(old &>> 32)] &-= 1 }
  }

  /// Takes in the parts of another; the result is to be added to its references.
  func adopt(_ other: RetainedRows) -> UInt64 {
    let offset = reference(parts.count, 0)
    for part in other.parts { add(part) }
    return offset
  }

  /// Drops all parts and keeps these rows, all of them wanted.
  func reset(to columns: [Vector], count: Int) {
    parts.removeAll()
    alive.removeAll()
    wanted.removeAll()
    partBytes = 0
    add(Part(columns: columns, byteCount: columns.reduce(0) { $0 + $1.ownByteCount }))
    wanted[0] = UInt32(truncatingIfNeeded: count)
  }

  /// Drops the parts of which no row is wanted, but for the last.
  func sweep() {
    alive.removeAll { index in
      guard index < parts.count - 1, wanted[index] == 0 else { return false }
      partBytes -= parts[index].byteCount
      parts[index] = Part(columns: [], byteCount: 0)
      return true
    }
    nextSweep = alive.count * 2 + 16
  }

  /// The referred rows as columns, missing values for `none`.
  func gather(_ references: GroupArray<UInt64>, count: Int) -> [Vector] {
    let starts = partStarts(references, count)
    let rows = GroupArray<UInt32>(filler: 0)
    rows.resize(to: count)
    let places = GroupArray<UInt32>(filler: 0)
    places.resize(to: count)
    var next = starts
    for index in 0..<count {
      let part = partNumber(references[index])
      rows[next[part]] = UInt32(truncatingIfNeeded: references[index])
      places[index] = UInt32(truncatingIfNeeded: next[part])
      next[part] += 1
    }
    return types.indices.map { column in
      var pieces: [Vector] = []
      for part in 0..<parts.count where starts[part + 1] > starts[part] {
        let size = starts[part + 1] - starts[part]
        let picked = UnsafePointer(rows.base + starts[part])
        pieces.append(parts[part].columns[column].gather(picked, count: size))
      }
      if starts[parts.count] < count {
        let missing = count - starts[parts.count]
        pieces.append(Vector(constant: .missing(types[column]), count: missing))
      }
      return Vector.concatenating(pieces, type: types[column])
        .gather(UnsafePointer(places.base), count: count)
    }
  }

  /// Where the rows of each part start among the referred rows sorted by part; those of no part
  /// come last.
  private func partStarts(_ references: GroupArray<UInt64>, _ count: Int) -> [Int] {
    var starts = [Int](repeating: 0, count: parts.count + 2)
    for index in 0..<count { starts[partNumber(references[index]) + 1] += 1 }
    for part in 1..<starts.count { starts[part] += starts[part - 1] }
    return starts
  }

  private func partNumber(_ reference: UInt64) -> Int {
    reference == Self.none ? parts.count : Int(reference &>> 32)
  }

  private func add(_ part: Part) {
    if part.isAlive { alive.append(parts.count) }
    parts.append(part)
    wanted.resize(to: parts.count)
    partBytes += part.byteCount
  }

  private func reference(_ part: Int, _ row: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: part) &<< 32 | UInt64(truncatingIfNeeded: row)
  }

  /// Where all columns start in their buffers; nil where they differ.
  private static func commonStart(_ runs: [(whole: Vector, start: Int?)]) -> Int? {
    var common: Int?
    for run in runs where run.whole.constant == nil {
      guard let start = run.start, common == nil || common == start else { return nil }
      common = start
    }
    return common
  }

  private static func areSame(_ left: [Vector], _ right: [Vector]) -> Bool {
    left.indices.allSatisfy { left[$0].hasSameBuffers(as: right[$0]) }
  }
}

extension Vector {
  /// All rows of the buffers in which this vector is a run, and where it starts; no start where
  /// values and null flags start at different places.
  fileprivate var run: (whole: Vector, start: Int?) {
    switch layout {
    case .constant: return (self, nil)
    case .fixed(let rows):
      guard isAligned(rows.nulls, rows.start) else { return (self, nil) }
      let whole = FixedRows(
        values: rows.values,
        nulls: rows.nulls.map { NullRows(flags: $0.flags) }
      )
      let count = rows.values.byteCount / type.byteWidth
      return (Vector(type: type, count: count, layout: .fixed(whole)), rows.start)
    case .text(let rows):
      guard isAligned(rows.nulls, rows.start) else { return (self, nil) }
      let whole = TextRows(
        views: rows.views,
        heap: rows.heap,
        nulls: rows.nulls.map { NullRows(flags: $0.flags) },
        isAscending: false
      )
      let count = rows.views.byteCount / 8
      return (Vector(type: type, count: count, layout: .text(whole)), rows.start)
    case .dictionary(let rows):
      let whole = DictionaryRows(codes: rows.codes, dictionary: rows.dictionary)
      let count = rows.codes.byteCount / 4
      return (Vector(type: type, count: count, layout: .dictionary(whole)), rows.start)
    }
  }

  private func isAligned(_ nulls: NullRows?, _ start: Int) -> Bool {
    nulls.map { $0.start == start } ?? true
  }

  /// Whether two vectors that start with their buffers have the same ones.
  fileprivate func hasSameBuffers(as other: Vector) -> Bool {
    switch (layout, other.layout) {
    case (.constant(let left), .constant(let right)): return left == right
    case (.fixed(let left), .fixed(let right)):
      return left.values === right.values && left.nulls?.flags === right.nulls?.flags
    case (.text(let left), .text(let right)):
      return left.views === right.views && left.heap === right.heap
        && left.nulls?.flags === right.nulls?.flags
    case (.dictionary(let left), .dictionary(let right)):
      return left.codes === right.codes && left.dictionary === right.dictionary
    default: return false
    }
  }

  /// Bytes of the rows; heaps and dictionaries are left out, since they are mostly shared.
  fileprivate var ownByteCount: Int {
    switch layout {
    case .constant: 0
    case .fixed: count * type.byteWidth
    case .text: count * 8
    case .dictionary: count * 4
    }
  }
}

import Columnar

/// Numbers the groups that rows belong to by the values of several key columns.
///
/// Each column numbers its values; the numbers of the first two columns are numbered as pairs,
/// these with the third, and so on. Groups are numbered in the order in which they come.
final class GroupTable {
  let types: [ScalarType]
  private let columns: [KeyColumn]
  /// For each column but the first: pairs of the group by the columns before it and its number.
  private let pairs: [PairTable]
  private var numbers: UnsafeMutablePointer<UInt32>
  private var capacity = 1
  /// Groups of a table without columns.
  private var bareCount = 0

  /// - Parameter cellBytes: the most memory that cells of possible pairs of keys may take.
  init(types: [ScalarType], cellBytes: Int = .max) {
    self.types = types
    columns = types.map { KeyColumn(KeyValues(type: $0), isInserting: true) }
    pairs = types.dropFirst().map { _ in
      PairTable(cellBytes: cellBytes / max(1, types.count - 1))
    }
    numbers = .allocate(capacity: 1)
  }

  deinit { numbers.deallocate() }

  /// Groups so far.
  var count: Int { pairs.last?.count ?? columns.first?.values.count ?? bareCount }

  /// Bytes held.
  var byteCount: Int {
    columns.reduce(capacity * 4) { $0 + $1.byteCount } + pairs.reduce(0) { $0 + $1.byteCount }
  }

  /// Writes the group of each row, making new groups where needed.
  func insert(_ keys: [Vector], count rows: Int, into groups: UnsafeMutablePointer<UInt32>) {
    guard let first = columns.first else {
      groups.update(repeating: 0, count: rows)
      if rows > 0 { bareCount = 1 }
      return
    }
    first.encode(keys[0], into: groups)
    reserve(rows)
    for (level, table) in pairs.enumerated() {
      columns[level + 1].encode(keys[level + 1], into: numbers)
      table.insert(groups, numbers, domains: domains(level), count: rows, into: groups)
    }
  }

  /// Readies the finished table for many look-ups.
  func prepareForProbing() {
    for column in columns { column.values.words?.makeDirect() }
  }

  /// Makes a reader of the finished table for one worker.
  func makeProber() -> GroupProber {
    GroupProber(
      columns: columns.map { KeyColumn($0.values, isInserting: false) },
      pairs: pairs
    )
  }

  /// Adds the groups of another table of the same types; the result maps its groups to these.
  ///
  /// Ends with an error where the query was ended meanwhile.
  func merge(_ other: GroupTable) throws -> [UInt32] {
    guard let first = columns.first, let theirs = other.columns.first else {
      bareCount = max(bareCount, other.bareCount)
      return Array(repeating: 0, count: other.bareCount)
    }
    var mapping = try first.values.merge(theirs.values)
    for (level, table) in pairs.enumerated() {
      let numbers = try columns[level + 1].values.merge(other.columns[level + 1].values)
      mapping = try table.merge(other.pairs[level], mapping, numbers, domains: domains(level))
    }
    return mapping
  }

  /// The key columns of groups, in the order given or of their numbers.
  ///
  /// - Parameter wanted: for each column, whether its values will be read; others are null.
  func keyVectors(_ order: [UInt32]? = nil, wanted: [Bool]) throws -> [Vector] {
    guard wanted.contains(true) else {
      return types.map { Vector(constant: .missing($0), count: count) }
    }
    var groups = order
    var vectors: [Vector] = []
    for level in pairs.indices.reversed() {
      try MemoryAccount.checkEnd()
      let split = split(groups, level)
      groups = split.rest
      vectors.append(Self.pick(split.numbers, try columns[level + 1].values.vector()))
    }
    try MemoryAccount.checkEnd()
    let first = try columns[0].values.vector()
    vectors.append(groups.map { Self.pick(Self.codes($0), first) } ?? first)
    return vectors.reversed()
  }

  /// Splits groups into the numbers of a column and the groups by the columns before it.
  private func split(_ groups: [UInt32]?, _ level: Int) -> (numbers: Buffer, rest: [UInt32]) {
    let words = pairs[level].words
    let count = groups?.count ?? pairs[level].count
    let numbers = Buffer(byteCount: count * 4)
    let target = numbers.values(UInt32.self)
    let rest = [UInt32](unsafeUninitializedCapacity: count) { rest, filled in
      for row in 0..<count {
        let word = words[groups.map { Int($0[row]) } ?? row]
        target[row] = UInt32(truncatingIfNeeded: word)
        rest[row] = UInt32(truncatingIfNeeded: word &>> 32)
      }
      filled = count
    }
    return (numbers, rest)
  }

  private static func codes(_ groups: [UInt32]) -> Buffer {
    groups.withUnsafeBytes { Buffer(copying: $0) }
  }

  /// Values by number: texts stay shared, others are copied.
  private static func pick(_ numbers: Buffer, _ values: Vector) -> Vector {
    let count = numbers.byteCount / 4
    guard values.type.isText else {
      return values.gather(numbers.values(UInt32.self), count: count)
    }
    let dictionary = VectorDictionary(values: values, isDistinct: true)
    return Vector(
      type: values.type,
      count: count,
      layout: .dictionary(DictionaryRows(codes: numbers, dictionary: dictionary))
    )
  }

  /// Bounds of the numbers that a level pairs.
  private func domains(_ level: Int) -> (Int, Int) {
    let before = level == 0 ? columns[0].values.count : pairs[level - 1].count
    return (before, columns[level + 1].values.count)
  }

  private func reserve(_ rows: Int) {
    guard rows > capacity else { return }
    numbers.deallocate()
    capacity = rows
    numbers = .allocate(capacity: rows)
  }
}

/// Looks rows up in a finished table; one a worker.
final class GroupProber {
  private let columns: [KeyColumn]
  private let pairs: [PairTable]
  private var numbers: UnsafeMutablePointer<UInt32>
  private var packed: UnsafeMutablePointer<UInt64>
  private var capacity = 1

  init(columns: [KeyColumn], pairs: [PairTable]) {
    self.columns = columns
    self.pairs = pairs
    numbers = .allocate(capacity: 1)
    packed = .allocate(capacity: 1)
  }

  deinit {
    numbers.deallocate()
    packed.deallocate()
  }

  /// Writes the group of each row, `UInt32.max` where it has none.
  func find(_ keys: [Vector], count rows: Int, into groups: UnsafeMutablePointer<UInt32>) {
    guard let first = columns.first else { return groups.update(repeating: 0, count: rows) }
    first.encode(keys[0], into: groups)
    reserve(rows)
    for (level, table) in pairs.enumerated() {
      columns[level + 1].encode(keys[level + 1], into: numbers)
      table.find(groups, numbers, count: rows, packed: packed, into: groups)
    }
  }

  private func reserve(_ rows: Int) {
    guard rows > capacity else { return }
    numbers.deallocate()
    packed.deallocate()
    capacity = rows
    numbers = .allocate(capacity: rows)
    packed = .allocate(capacity: rows)
  }
}

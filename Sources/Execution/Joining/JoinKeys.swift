import Columnar

/// The distinct keys of a build side, numbered in the order of their first rows.
///
/// Where the words of a key fit into one they are packed and looked up as such; else the words
/// of a row are interned as bytes. Only looked into once made, by all probing workers.
final class JoinKeys: @unchecked Sendable {
  let types: [ScalarType]
  /// Which key columns have nulls on the build side; null equals null.
  private let hasNulls: [Bool]
  private let columns: [JoinKeyColumn]
  private let lookup: Lookup

  private enum Lookup {
    case packed(KeyPacking, KeyIndex)
    case interned(ByteInterner)
  }

  /// Numbers the keys of all rows.
  ///
  /// - Parameters:
  ///   - batches: values of the keys and number of rows of each batch.
  ///   - groups: becomes the number of each row's key.
  init(
    types: [ScalarType],
    batches: [(keys: [Vector], count: Int)],
    groups: UnsafeMutablePointer<UInt32>
  ) throws {
    self.types = types
    let hasNulls = types.indices.map { index in
      batches.contains { batch in
        batch.keys[index].nullRows().map { $0.hasNull(count: batch.count) } ?? false
      }
    }
    self.hasNulls = hasNulls
    columns = types.map { JoinKeyColumn(type: $0) }
    let total = batches.reduce(0) { $0 + $1.count }
    let words = KeyWords(columns: types.count + hasNulls.count { $0 }, capacity: total)
    var row = 0
    for batch in batches {
      try MemoryAccount.checkEnd()
      words.fill(batch.keys, hasNulls, from: row, columns, inserting: true)
      row += batch.count
    }
    lookup = try Self.makeLookup(words, total, groups)
  }

  /// Distinct keys.
  var count: Int {
    switch lookup {
    case .packed(_, let index): index.count
    case .interned(let rows): rows.count
    }
  }

  /// Bytes held beside buffers.
  var byteCount: Int {
    let texts = columns.reduce(0) { $0 + $1.interner.byteCount }
    switch lookup {
    case .packed(_, let index): return texts + index.byteCount
    case .interned(let rows): return texts + rows.byteCount
    }
  }

  /// The least and greatest value of a column that orders as integers; nil where that is not known
  /// or a null is among the keys.
  func range(ofColumn column: Int) -> ClosedRange<Int64>? {
    guard !hasNulls[column], types[column].ordersAsInteger, case .packed(let packing, _) = lookup
    else { return nil }
    return packing.range(ofColumn: column)
  }

  /// The distinct values of a string column; nil where there are more than a limit.
  func texts(ofColumn column: Int, limit: Int) -> [ByteString]? {
    let interner = columns[column].interner
    guard types[column] == .string, interner.count <= limit else { return nil }
    return (0..<interner.count).map { ByteString(interner[$0].bytes) }
  }

  /// Makes a reader for one worker.
  func makeProber() -> JoinProber {
    let own = columns.map { JoinKeyColumn(type: $0.type, interner: $0.interner) }
    return JoinProber(self, own, hasNulls)
  }

  private static func makeLookup(
    _ words: KeyWords,
    _ rows: Int,
    _ groups: UnsafeMutablePointer<UInt32>
  ) throws -> Lookup {
    guard let packing = KeyPacking(words.columns, count: rows) else {
      let interner = ByteInterner()
      try words.forEachRow(rows) { row, bytes in
        if row & 0xFFFF == 0 { try MemoryAccount.checkEnd() }
        groups[row] = interner.intern(bytes)
      }
      return .interned(interner)
    }
    let packed = Buffer(byteCount: max(1, rows) * 8)
    let outside = Buffer(byteCount: max(1, rows))
    let keys = packed.values(UInt64.self)
    let flags = outside.values(UInt8.self)
    try MemoryAccount.forEachPiece(of: rows) { piece in
      let start = piece.lowerBound
      packing.pack(
        words.columns.map { $0 + start },
        count: piece.count,
        into: keys + start,
        outside: flags + start
      )
    }
    let index = try KeyIndex(keys, count: rows, greatest: packing.greatest, into: groups)
    return .packed(packing, index)
  }

  /// The numbers of the keys of rows of words, `UInt32.max` for those that have none.
  fileprivate func find(
    _ words: KeyWords,
    count rows: Int,
    into groups: UnsafeMutablePointer<UInt32>
  ) {
    switch lookup {
    case .interned(let interner):
      words.forEachRow(rows) { row, bytes in groups[row] = interner.find(bytes) ?? .max }
    case .packed(let packing, let index):
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(1, rows)) { packed in
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(1, rows)) { outside in
          guard let key = packed.baseAddress, let flag = outside.baseAddress else { return }
          packing.pack(words.columns, count: rows, into: key, outside: flag)
          index.find(key, count: rows, into: groups)
          for row in 0..<rows { groups[row] |= 0 &- UInt32(flag[row]) }
        }
      }
    }
  }
}

/// Looks rows up among the keys of a build side; one a worker.
final class JoinProber {
  private let keys: JoinKeys
  private let columns: [JoinKeyColumn]
  private let hasNulls: [Bool]
  private var words: KeyWords

  init(_ keys: JoinKeys, _ columns: [JoinKeyColumn], _ hasNulls: [Bool]) {
    self.keys = keys
    self.columns = columns
    self.hasNulls = hasNulls
    words = KeyWords(columns: columns.count + hasNulls.count { $0 }, capacity: 0)
  }

  /// Writes the number of each row's key, `UInt32.max` where the build side lacks it.
  func find(_ values: [Vector], count rows: Int, into groups: UnsafeMutablePointer<UInt32>) {
    if rows > words.capacity { words = KeyWords(columns: words.columns.count, capacity: rows) }
    words.fill(values, hasNulls, from: 0, columns, inserting: false)
    keys.find(words, count: rows, into: groups)
    for (index, value) in values.enumerated() where !hasNulls[index] {
      guard let flags = value.nullRows() else { continue }
      let flag = flags.base
      withExtendedLifetime(flags) {
        for row in 0..<rows where flag[row] != 0 { groups[row] = .max }
      }
    }
  }
}

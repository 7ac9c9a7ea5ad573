import CSIMD
import Columnar

/// Numbers the groups that rows belong to by the values of several key columns.
///
/// A key is one word a column and, once a null was seen, further words of null flags.
final class GroupTable {
  let types: [ScalarType]
  let table: WordTable
  private let encoder: KeyEncoder

  init(types: [ScalarType]) {
    self.types = types
    table = WordTable(width: types.count)
    encoder = KeyEncoder(columns: types.map { KeyColumn(type: $0) })
  }

  /// Groups so far.
  var count: Int { table.count }

  /// Bytes held.
  var byteCount: Int { table.byteCount + encoder.byteCount }

  /// Writes the group of each row, making new groups where needed.
  func insert(_ keys: [Vector], count rows: Int, into groups: UnsafeMutablePointer<UInt32>) {
    let nulls = KeyNulls(keys, count: rows)
    if nulls.any { widen() }
    let words = encoder.encode(keys, nulls, count: rows, width: table.width, inserting: true)
    table.insert(words, count: rows, into: groups)
  }

  /// Readies the finished table for many look-ups.
  func prepareForProbing() {
    table.makeDirect()
  }

  /// Makes a reader of the finished table for one worker.
  func makeProber() -> GroupProber {
    GroupProber(
      table: table,
      hasNullWords: hasNullWords,
      encoder: KeyEncoder(
        columns: encoder.columns.map { KeyColumn(type: $0.type, interner: $0.interner) }
      )
    )
  }

  /// Adds the groups of another table of the same types; the result maps its groups to these.
  func merge(_ other: GroupTable) -> [UInt32] {
    if other.hasNullWords { widen() }
    var key = [UInt64](repeating: 0, count: max(1, table.width))
    return (0..<other.count).map { group in
      let words = other.table.key(group)
      for (index, column) in encoder.columns.enumerated() {
        let isNull = other.isNull(group, index)
        key[index] =
          isNull ? 0 : column.translate(words[index], from: other.encoder.columns[index])
      }
      if hasNullWords {
        for index in types.count..<table.width {
          key[index] = other.hasNullWords ? words[index] : 0
        }
      }
      return key.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { unreachable("the key has a word") }
        return table.insert(base)
      }
    }
  }

  /// The key columns of groups, in the order given or of their numbers.
  func keyVectors(_ order: [UInt32]? = nil) -> [Vector] {
    types.indices.map { index in
      let builder = VectorBuilder(type: types[index], capacity: count)
      for place in 0..<count {
        append(order.map { Int($0[place]) } ?? place, index, to: builder)
      }
      return builder.finish()
    }
  }

  private var hasNullWords: Bool { table.width > types.count }

  private func widen() {
    if !hasNullWords { table.widen(by: (types.count + 63) / 64) }
  }

  private func isNull(_ group: Int, _ index: Int) -> Bool {
    guard hasNullWords else { return false }
    let flags = table.key(group)[types.count + index / 64]
    return flags &>> UInt64(index & 63) & 1 == 1
  }

  private func append(_ group: Int, _ index: Int, to builder: VectorBuilder) {
    if isNull(group, index) { return builder.appendNull() }
    let word = table.key(group)[index]
    let column = encoder.columns[index]
    switch types[index] {
    case .bool: builder.append(.bool(word != 0))
    case .int: builder.append(.int(Int32(truncatingIfNeeded: word)))
    case .long: builder.append(.long(Int64(bitPattern: word)))
    case .real: builder.append(.real(Double(bitPattern: word)))
    case .datetime: builder.append(.datetime(DateTime(ticks: Int64(bitPattern: word))))
    case .timespan: builder.append(.timespan(TimeSpan(ticks: Int64(bitPattern: word))))
    case .string: builder.append(.string(ByteString(column.bytes(of: word).bytes)))
    case .dynamic: builder.append(.dynamic(DynamicValue(bytes: column.bytes(of: word).bytes)))
    case .guid: builder.append(.guid(column.bytes(of: word).loadUnaligned(GUID.self)))
    case .decimal:
      builder.append(.decimal(column.bytes(of: word).loadUnaligned(Decimal128.self)))
    }
  }
}

/// Looks rows up in a finished table; one a worker.
final class GroupProber {
  private let table: WordTable
  private let hasNullWords: Bool
  private let encoder: KeyEncoder

  init(table: WordTable, hasNullWords: Bool, encoder: KeyEncoder) {
    self.table = table
    self.hasNullWords = hasNullWords
    self.encoder = encoder
  }

  /// Writes the group of each row, `UInt32.max` where it has none.
  func find(_ keys: [Vector], count rows: Int, into groups: UnsafeMutablePointer<UInt32>) {
    let nulls = KeyNulls(keys, count: rows)
    let words = encoder.encode(keys, nulls, count: rows, width: table.width, inserting: false)
    table.find(words, count: rows, into: groups)
    guard nulls.any, !hasNullWords else { return }
    for flags in nulls.flags {
      guard let base = flags?.base else { continue }
      for row in 0..<rows where base[row] != 0 { groups[row] = .max }
    }
  }
}

extension TextView {
  /// Reads a value that was stored as its bytes.
  func loadUnaligned<Value: BitwiseCopyable>(_: Value.Type) -> Value {
    UnsafeRawPointer(base).loadUnaligned(as: Value.self)
  }
}

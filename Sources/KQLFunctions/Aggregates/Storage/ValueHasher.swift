import Columnar

/// Hashes of values that are the same in every run; those of words never collide.
final class ValueHasher {
  private let type: ScalarType
  private var dictionary: VectorDictionary?
  private let hashes = GroupArray<UInt64>(filler: 0)
  private let known = GroupArray<UInt8>(filler: 0)

  init(type: ScalarType) { self.type = type }

  /// Calls back with the hash of each row that is not null.
  func forEachHash(_ vector: Vector, _ count: Int, _ body: (Int, UInt64) -> Void) {
    if let rows = vector.dictionaryRows { return hash(rows, count, body) }
    switch type {
    case .bool: hashWords(Bool.self, vector, count, body)
    case .int: hashWords(Int32.self, vector, count, body)
    case .long: hashWords(Int64.self, vector, count, body)
    case .real: hashWords(Double.self, vector, count, body)
    case .datetime: hashWords(DateTime.self, vector, count, body)
    case .timespan: hashWords(TimeSpan.self, vector, count, body)
    case .string, .dynamic, .guid, .decimal:
      vector.withByteRows { rows, nulls in
        forEachRow(nulls, count) { body($0, type.hash(rows[$0])) }
      }
    }
  }

  /// The hash of one row; nil for null.
  func hash(_ row: Int, of values: Vector) -> UInt64? {
    if case .text(let texts) = values.layout, texts.nulls == nil { return type.hash(texts[row]) }
    var hash: UInt64?
    forEachHash(values.slice(row..<row + 1), 1) { hash = $1 }
    return hash
  }

  @inline(__always)
  private func hashWords<Value: WordValue>(
    _: Value.Type,
    _ vector: Vector,
    _ count: Int,
    _ body: (Int, UInt64) -> Void
  ) {
    vector.withFixedRows(Value.self) { rows, nulls in
      forEachRow(nulls, count) { body($0, mixedWord(rows[$0].word)) }
    }
  }

  /// Hashes each value of a dictionary once; 1 marks a known value, 2 a null.
  private func hash(_ rows: DictionaryRows, _ count: Int, _ body: (Int, UInt64) -> Void) {
    let values = rows.dictionary.values
    if dictionary !== rows.dictionary {
      dictionary = rows.dictionary
      hashes.resize(to: values.count)
      known.removeAll()
      known.resize(to: values.count)
    }
    let codes = rows.base
    for row in 0..<count {
      let code = Int(codes[row])
      if known[code] == 0 {
        let hash = hash(code, of: values)
        hashes[code] = hash ?? 0
        known[code] = hash == nil ? 2 : 1
      }
      if known[code] == 1 { body(row, hashes[code]) }
    }
  }
}

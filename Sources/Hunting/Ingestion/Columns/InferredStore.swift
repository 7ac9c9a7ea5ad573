import Columnar

/// Collects a column as text and gives it the type that fits all of its values.
final class InferredStore: ColumnStore {
  private let texts: StringStore
  private var candidates = TypeCandidates()
  private let seed: UInt64

  init(seed: UInt64) {
    texts = StringStore(seed: seed)
    self.seed = seed
  }

  var count: Int { texts.count }
  var byteCount: Int { texts.byteCount }
  var isFull: Bool { texts.isFull }

  func append(_ cell: Cell) -> Bool {
    if cell.isMissing {
      texts.appendMissing(1)
      return true
    }
    let isNew = texts.append(cell.text)
    if isNew || !candidates.hasSeen(cell.kind) { candidates.observe(cell) }
    return true
  }

  func appendMissing(_ rows: Int) { texts.appendMissing(rows) }

  func endChunk() { texts.endChunk() }

  func finish() -> (type: ScalarType, chunks: [Vector]) {
    let type = candidates.type
    let (_, chunks) = texts.finish()
    if type == .string { return (type, chunks) }
    return (type, chunks.map { convert($0, to: type) })
  }

  /// Reads texts as values of a type; each dictionary entry once.
  private func convert(_ vector: Vector, to type: ScalarType) -> Vector {
    if let rows = vector.dictionaryRows {
      let values = convert(rows.dictionary.values, to: type)
      let codes = rows.base
      return withExtendedLifetime(rows) { values.gather(codes, count: vector.count) }
    }
    guard case .text(let rows) = vector.layout else { return vector }
    let store = makeStore(type, seed: seed)
    withExtendedLifetime(rows) {
      for row in 0..<vector.count { _ = store.append(cell(rows[row], type)) }
    }
    store.endChunk()
    return store.finish().chunks.first?.flattened() ?? .empty(type)
  }

  /// A text as what it was in the file, as far as that matters for reading it again.
  private func cell(_ text: TextView, _ type: ScalarType) -> Cell {
    if type != .dynamic || !candidates.hasSeen(.string) { return Cell(kind: .field, text: text) }
    return Cell(kind: .string, text: text)
  }
}

/// Makes the store of a column; nil infers the type.
func makeStore(_ type: ScalarType?, seed: UInt64) -> any ColumnStore {
  switch type {
  case nil: InferredStore(seed: seed)
  case .bool: FixedStore<Bool>()
  case .int: FixedStore<Int32>()
  case .long: FixedStore<Int64>()
  case .real: FixedStore<Double>()
  case .decimal: FixedStore<Decimal128>()
  case .datetime: FixedStore<DateTime>()
  case .timespan: FixedStore<TimeSpan>()
  case .guid: FixedStore<GUID>()
  case .string: StringStore(seed: seed)
  case .dynamic: DynamicStore(seed: seed)
  }
}

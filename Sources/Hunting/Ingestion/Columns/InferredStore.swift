import Columnar

/// Collects a column as text and gives it the type that fits all of its values.
final class InferredStore: ColumnStore {
  private let texts: StringStore
  private let seed: UInt64

  init(seed: UInt64) {
    texts = StringStore(seed: seed, infersType: true)
    self.seed = seed
  }

  var byteCount: Int { texts.byteCount }
  var isFull: Bool { texts.isFull }

  func append(_ batch: ColumnCells) -> UnfitCells { texts.append(batch) }

  func endChunk(rows: Int) { texts.endChunk(rows: rows) }

  func finish() -> (type: ScalarType, chunks: [Vector]) {
    let type = texts.candidates?.type ?? .string
    let (_, chunks) = texts.finish()
    if type == .string { return (type, chunks) }
    // Strings of JSON are read as dynamic only where they hold objects or arrays.
    let isString = type == .dynamic && texts.candidates?.hasSeen(.string) == true
    let kind: Cell.Kind = isString ? .string : .field
    return (type, chunks.map { convert($0, to: type, kind) })
  }

  /// Reads texts as values of a type; each dictionary entry once.
  private func convert(_ vector: Vector, to type: ScalarType, _ kind: Cell.Kind) -> Vector {
    if let rows = vector.dictionaryRows {
      let values = convert(rows.dictionary.values, to: type, kind)
      return withExtendedLifetime(rows) { values.gather(rows.base, count: vector.count) }
    }
    guard case .text(let rows) = vector.layout else { return vector }
    let store = makeStore(type, seed: seed)
    withExtendedLifetime(rows) {
      let cells = (0..<vector.count).map { row in
        BatchedCell(
          column: 0,
          row: Int32(truncatingIfNeeded: row),
          cell: Cell(kind: kind, text: rows[row])
        )
      }
      cells.withUnsafeBufferPointer {
        _ = store.append(ColumnCells(cells: $0, firstRow: 0, rows: vector.count))
      }
    }
    store.endChunk(rows: vector.count)
    return store.finish().chunks.first?.flattened() ?? .empty(type)
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

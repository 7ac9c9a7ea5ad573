import Columnar

extension TypeCandidates {
  /// Reads collected texts as values of the type that fits all of them.
  func convert(_ chunks: [Vector], seed: UInt64) -> [Vector] {
    let type = type
    if type == .string { return chunks }
    // Strings of JSON are read as dynamic only where they hold objects or arrays.
    let kind: Cell.Kind = type == .dynamic && hasSeen(.string) ? .string : .field
    return chunks.map { Self.convert($0, to: type, kind, seed) }
  }

  /// Reads texts as values of a type; each dictionary entry once.
  private static func convert(
    _ vector: Vector,
    to type: ScalarType,
    _ kind: Cell.Kind,
    _ seed: UInt64
  ) -> Vector {
    if let rows = vector.dictionaryRows {
      let values = convert(rows.dictionary.values, to: type, kind, seed)
      return withExtendedLifetime(rows) { values.gather(rows.base, count: vector.count) }
    }
    guard case .text(let rows) = vector.layout else { return vector }
    let builder = makeColumnBuilder(type, seed: seed)
    withExtendedLifetime(rows) {
      let cells = (0..<vector.count).map { row in
        BatchedCell(
          column: 0,
          row: Int32(truncatingIfNeeded: row),
          cell: Cell(kind: kind, text: rows[row])
        )
      }
      cells.withUnsafeBufferPointer {
        _ = builder.append(ColumnCells(cells: $0, firstRow: 0, rows: vector.count))
      }
    }
    return builder.finish(rows: vector.count).flattened()
  }
}

import Columnar

/// The rows of a chunk by the tenant that a column names.
enum TenantSplit {
  /// Rows of one tenant; nil where no column tells it.
  struct Part {
    let tenant: String?
    let columns: [IngestedColumn]
    let count: Int
  }

  /// Takes a chunk apart; every row of it names a tenant where a column is given.
  static func parts(of chunk: IngestedChunk, by column: String?) throws -> [Part] {
    guard let column else {
      return [Part(tenant: nil, columns: chunk.columns, count: chunk.rowCount)]
    }
    guard let found = chunk.columns.first(where: { $0.name.lowercased() == column.lowercased() }),
      found.vector.type == .string
    else {
      throw IngestionFailure(
        chunk.path,
        "the column '\(column)' of '\(chunk.table)' is no text, so it cannot name tenants; "
          + "name another with --tenant-column"
      )
    }
    let (names, rows) = group(found.vector)
    if names.count == 1 {
      return [Part(tenant: names[0], columns: chunk.columns, count: chunk.rowCount)]
    }
    return zip(names, rows).map { name, rows in
      let selection = Selection(rows)
      let columns = chunk.columns.map { $0.gathering(selection) }
      return Part(tenant: name, columns: columns, count: rows.count)
    }
  }

  /// The values in the order in which they come, and the rows of each.
  private static func group(_ vector: Vector) -> (names: [String], rows: [[UInt32]]) {
    var names: [String] = []
    var rows: [[UInt32]] = []
    var places: [ByteString: Int] = [:]
    for row in 0..<vector.count {
      guard case .string(let name) = vector.scalar(at: row) else { continue }
      let place = places[name] ?? names.count
      if place == names.count {
        places[name] = place
        names.append(name.text)
        rows.append([])
      }
      rows[place].append(UInt32(truncatingIfNeeded: row))
    }
    return (names, rows)
  }
}

extension Selection {
  /// Rows by their numbers.
  init(_ rows: [UInt32]) {
    let indices = Buffer(byteCount: rows.count * 4)
    let target = indices.values(UInt32.self)
    for (place, row) in rows.enumerated() { target[place] = row }
    self.init(indices: indices, count: rows.count)
  }
}

extension IngestedColumn {
  fileprivate func gathering(_ rows: Selection) -> IngestedColumn {
    IngestedColumn(
      name: name,
      vector: vector.gather(rows),
      declaredIndex: declaredIndex,
      hasValues: hasValues,
      firstLine: firstLine,
      candidates: candidates
    )
  }
}

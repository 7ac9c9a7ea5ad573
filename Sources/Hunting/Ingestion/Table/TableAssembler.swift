import Columnar

/// Joins the chunks of the files of a table to a table in memory.
final class TableAssembler: ChunkConsumer {
  /// A column and what is known of it so far.
  private final class Column {
    let name: String
    let type: ScalarType?
    let values: any TableColumn
    /// What the values could be besides texts, where the type is not known.
    var candidates = TypeCandidates()
    /// Chunks for which the column has no vector, since it came later.
    let chunksBefore: Int
    /// Whether a value came in the present chunk, and for each finished one.
    var isSeen = false
    var wasSeen: [Bool] = []
    var problem: CellProblem?

    init(name: String, type: ScalarType?, seed: UInt64, chunksBefore: Int) {
      self.name = name
      self.type = type
      values = makeTableColumn(type ?? .string, seed: seed)
      self.chunksBefore = chunksBefore
    }

    /// Whether a value came in a finished chunk; nil where the column came later.
    func wasSeen(inChunk chunk: Int) -> Bool? {
      chunk < chunksBefore ? nil : wasSeen[chunk - chunksBefore]
    }
  }

  private let outline: TableOutline
  private let limits: LoadLimits
  private let seed: UInt64
  private var columns: [Column] = []
  private var addedByName: [String: Int] = [:]
  /// Rows of the present chunk.
  private var rows = 0
  private var chunkRows: [Int] = []
  private var chargedBytes = 0
  private var report: IngestionReport

  init(_ outline: TableOutline, limits: LoadLimits, seed: UInt64) {
    self.outline = outline
    self.limits = limits
    self.seed = seed
    report = IngestionReport(table: outline.table)
    for column in outline.declared { add(column.name, column.type) }
  }

  private func add(_ name: String, _ type: ScalarType?) {
    columns.append(Column(name: name, type: type, seed: seed, chunksBefore: chunkRows.count))
  }

  func take(_ chunk: IngestedChunk) throws {
    note(chunk)
    let targets = chunk.columns.map(target)
    var start = 0
    while start < chunk.rowCount {
      let count = min(chunk.rowCount - start, ColumnTable.chunkRows - rows)
      for (column, target) in zip(chunk.columns, targets) where column.hasValues {
        target.values.append(column.vector.slice(start..<start + count), at: rows)
        target.isSeen = true
      }
      rows += count
      start += count
      if rows == ColumnTable.chunkRows || columns.contains(where: \.values.isFull) { endChunk() }
    }
    try review()
  }

  func endFile() throws { endChunk() }

  /// The column of the table for one of a chunk.
  private func target(_ column: IngestedColumn) -> Column {
    let index: Int
    if let declared = column.declaredIndex {
      index = declared
    } else if let added = addedByName[column.name] {
      index = added
    } else {
      index = columns.count
      addedByName[column.name] = index
      add(column.name, nil)
    }
    if let candidates = column.candidates { columns[index].candidates.join(candidates) }
    return columns[index]
  }

  private func note(_ chunk: IngestedChunk) {
    report.addRejections(of: chunk, describing: limits.describedProblems)
    for problem in chunk.cellProblems {
      guard let index = outline.column(named: problem.column.name) else { continue }
      if columns[index].problem == nil {
        columns[index].problem = problem
      } else {
        columns[index].problem?.count += problem.count
      }
    }
  }

  /// Tells the budget what the columns take.
  private func review() throws {
    let bytes = columns.reduce(0) { $0 + $1.values.byteCount }
    let more = bytes - chargedBytes
    chargedBytes = bytes
    if more != 0 { try limits.charge?(more) }
  }

  private func endChunk() {
    if rows == 0 { return }
    for column in columns {
      if column.isSeen { column.values.endChunk(rows: rows) }
      column.wasSeen.append(column.isSeen)
      column.isSeen = false
    }
    chunkRows.append(rows)
    report.rowCount += rows
    rows = 0
  }

  /// Makes the table; the assembler must not be used afterwards.
  func finish() throws -> (table: ColumnTable, report: IngestionReport) {
    endChunk()
    try review()
    var schema: [ColumnSchema] = []
    var vectors: [[Vector]] = []
    for column in columns {
      let type = column.type ?? column.candidates.type
      let chunks = column.values.finish()
      let typed = column.type == nil ? column.candidates.convert(chunks, seed: seed) : chunks
      schema.append(ColumnSchema(column.name, type))
      vectors.append(spread(typed, of: column, type))
    }
    fillTimes(&vectors, schema)
    report.addedColumns = Array(schema[outline.declared.count...])
    report.cellProblems = columns.compactMap(\.problem)
    let batches = chunkRows.indices.map { chunk in
      Batch(columns: vectors.map { $0[chunk] }, count: chunkRows[chunk])
    }
    return (ColumnTable(schema: Schema(schema), chunks: batches), report)
  }

  /// Gives a column a vector for each chunk: constants where it had no value.
  private func spread(_ chunks: [Vector], of column: Column, _ type: ScalarType) -> [Vector] {
    var rest = chunks[...]
    return chunkRows.indices.map { chunk in
      if column.wasSeen(inChunk: chunk) == true, let next = rest.popFirst() { return next }
      return Vector(constant: .missing(type), count: chunkRows[chunk])
    }
  }

  /// Lets a time column that a file does not have answer with the one that it has.
  private func fillTimes(_ vectors: inout [[Vector]], _ schema: [ColumnSchema]) {
    let times = outline.timeColumns
      .compactMap { outline.column(named: $0) ?? addedByName[$0] }
      .filter { schema[$0].type == .datetime }
    for chunk in chunkRows.indices {
      let seen = times.first { columns[$0].wasSeen(inChunk: chunk) == true }
      guard let seen else { continue }
      for index in times where columns[index].wasSeen(inChunk: chunk) != true {
        vectors[index][chunk] = vectors[seen][chunk]
      }
    }
  }
}

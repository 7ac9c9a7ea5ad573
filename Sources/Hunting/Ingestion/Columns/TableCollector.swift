import Columnar

/// Collects the rows of a table: columns by name, chunks of bounded size, and what went wrong.
final class TableCollector {
  /// A column and what is known of it so far.
  private final class Column {
    let name: String
    let type: ScalarType?
    let store: any ColumnStore
    /// Chunks for which the column has no vector, since it came later: their row counts.
    let rowsBefore: [Int]
    /// Whether a value came in the present chunk, and for each finished one.
    var isSeen = false
    var wasSeen: [Bool] = []

    init(name: String, type: ScalarType?, seed: UInt64, rowsBefore: [Int]) {
      self.name = name
      self.type = type
      store = makeStore(type, seed: seed)
      self.rowsBefore = rowsBefore
    }
  }

  private var columns: [Column] = []
  private var indexByName: [String: Int] = [:]
  private var indexByLowerName: [String: Int] = [:]
  private let declaredCount: Int
  /// Columns that stand in for one another where a file has only one of them.
  private let timeColumns: [String]
  /// The name of the table if it is a known one.
  let knownTable: String?
  private let limits: LoadLimits
  private let seed: UInt64
  /// Rows of the present chunk.
  private(set) var rows = 0
  private var chunkRows: [Int] = []
  private var chargedBytes = 0
  private var bytesRead = 0
  private var problems: [Int: CellProblem] = [:]
  var report: IngestionReport

  /// Makes a collector with the columns that the user stated or that the known table has.
  ///
  /// - Parameter seed: makes the hashes of this load its own.
  init(_ request: LoadRequest, known: TableSchema?, limits: LoadLimits, seed: UInt64) {
    report = IngestionReport(table: request.table)
    self.limits = limits
    self.seed = seed
    knownTable = known?.name
    timeColumns = [known?.timeColumn, "Timestamp", "TimeGenerated"].compactMap { $0 }
    let declared = request.columns ?? known?.columns ?? []
    declaredCount = declared.count
    for column in declared { add(column.name, column.type) }
  }

  /// The names of the columns that were known beforehand.
  var declaredNames: [String] { columns.prefix(declaredCount).map(\.name) }

  /// Finds the column for a name of a file, or adds one of inferred type; nil at the limit.
  ///
  /// The exact name wins, then the name in other letter case, then the name without the zone
  /// that the Log Analytics export adds (`TimeGenerated [UTC]`).
  func column(named name: String) -> Int? {
    if let index = indexByName[name] ?? indexByLowerName[name.lowercased()] { return index }
    if name.hasSuffix(" [UTC]"), let index = indexByName[String(name.dropLast(6))] {
      return index
    }
    return columns.count < limits.columns ? add(name, nil) : nil
  }

  /// Finds a column that was known beforehand.
  func declaredColumn(named name: String) -> Int? {
    indexByName[name].flatMap { $0 < declaredCount ? $0 : nil }
  }

  /// What to say where `column(named:)` gives none.
  var columnLimitReason: String {
    "the table would have more than \(limits.columns) columns; project the file before loading"
  }

  @discardableResult
  private func add(_ name: String, _ type: ScalarType?) -> Int {
    let index = columns.count
    columns.append(Column(name: name, type: type, seed: seed, rowsBefore: chunkRows))
    indexByName[name] = index
    // Names of files that differ in case only are columns of their own; schemas fold them.
    if index < declaredCount, indexByLowerName[name.lowercased()] == nil {
      indexByLowerName[name.lowercased()] = index
    }
    return index
  }

  /// Takes the rows of a batch, which was read from `block`, and empties it.
  func take(_ batch: inout CellBatch, from block: TextBlock) {
    batch.dropRow()
    if batch.rows == 0 { return batch.removeAll() }
    if rows + batch.rows > ColumnTable.chunkRows { endChunk() }
    withCellsByColumn(batch) { index, cells in
      let column = columns[index]
      column.isSeen = true
      let part = ColumnCells(cells: cells, firstRow: rows, rows: batch.rows)
      let unfit = column.store.append(part)
      if unfit.count > 0 {
        let item = cells[unfit.first]
        note(unfit.count, item.cell, index, block, batch.offsets[Int(item.row)])
      }
    }
    rows += batch.rows
    batch.removeAll()
  }

  /// Calls `body` for each column that has cells, with its cells in order.
  private func withCellsByColumn(
    _ batch: borrowing CellBatch,
    _ body: (Int, UnsafeBufferPointer<BatchedCell>) -> Void
  ) {
    let cells = UnsafeBufferPointer(start: batch.cells, count: batch.count)
    var ends = [Int](repeating: 0, count: columns.count + 1)
    for item in cells { ends[Int(item.column) &+ 1] &+= 1 }
    for index in 1..<max(1, ends.count) { ends[index] &+= ends[index &- 1] }
    // From here on an entry is where the next cell of its column goes; at last, where they end.
    withUnsafeTemporaryAllocation(of: BatchedCell.self, capacity: max(1, cells.count)) { sorted in
      for item in cells {
        let column = Int(item.column)
        sorted[ends[column]] = item
        ends[column] &+= 1
      }
      var start = 0
      for index in columns.indices {
        let end = ends[index]
        if end > start {
          body(index, UnsafeBufferPointer(rebasing: sorted[start..<end]))
        }
        start = end
      }
    }
  }

  /// Tells how far the load has come; called with the bytes of each step.
  func note(bytesRead bytes: Int) {
    bytesRead += bytes
    let rows = report.rowCount + rows
    limits.progress?(LoadProgress(table: report.table, bytes: bytesRead, rows: rows))
  }

  /// Tells the budget what the columns take; called once a block.
  func review() throws {
    var bytes = 0
    for column in columns { bytes += column.store.byteCount }
    if bytes > chargedBytes {
      try limits.charge?(bytes - chargedBytes)
      chargedBytes = bytes
    }
    if columns.contains(where: { $0.store.isFull }) { endChunk() }
  }

  /// Ends the present chunk; also called at the end of each file.
  func endChunk() {
    if rows == 0 { return }
    for column in columns {
      if column.isSeen {
        column.store.endChunk(rows: rows)
      }
      column.wasSeen.append(column.isSeen)
      column.isSeen = false
    }
    chunkRows.append(rows)
    report.rowCount += rows
    rows = 0
  }

  /// Counts a line that could not be used.
  func noteBadLine(_ path: String, _ line: Int, _ reason: String) {
    report.badLineCount += 1
    if report.badLines.count < limits.describedProblems {
      report.badLines.append(BadLine(path: path, line: line, reason: reason))
    }
  }

  private func note(
    _ count: Int,
    _ cell: Cell,
    _ index: Int,
    _ block: TextBlock,
    _ offset: Int
  ) {
    if problems[index] != nil {
      problems[index]?.count += count
      return
    }
    let column = columns[index]
    let text = String(decoding: cell.text.buffer.prefix(60), as: UTF8.self)
    problems[index] = CellProblem(
      column: ColumnSchema(column.name, column.type ?? .string),
      count: count,
      example: cell.text.count > 60 ? text + "…" : text,
      path: block.path,
      line: block.line(at: offset)
    )
  }

  /// Makes the table; the collector must not be used afterwards.
  func finish() -> (ColumnTable, IngestionReport) {
    endChunk()
    var schema: [ColumnSchema] = []
    var vectors: [[Vector]] = []
    for column in columns {
      let (type, chunks) = column.store.finish()
      schema.append(ColumnSchema(column.name, type))
      vectors.append(spread(chunks, of: column, type))
    }
    fillTimes(&vectors, schema)
    report.addedColumns = Array(schema[declaredCount...])
    report.cellProblems = problems.sorted { $0.key < $1.key }.map(\.value)
    let batches = chunkRows.indices.map { chunk in
      Batch(columns: vectors.map { $0[chunk] }, count: chunkRows[chunk])
    }
    return (ColumnTable(schema: Schema(schema), chunks: batches), report)
  }

  /// Gives a column a vector for each chunk: constants where it had no value.
  private func spread(_ chunks: [Vector], of column: Column, _ type: ScalarType) -> [Vector] {
    var rest = chunks[...]
    return chunkRows.indices.map { chunk in
      let position = chunk - column.rowsBefore.count
      if position >= 0, column.wasSeen[position], let next = rest.popFirst() { return next }
      return Vector(constant: .missing(type), count: chunkRows[chunk])
    }
  }

  /// Lets a time column that a file does not have answer with the one that it has.
  private func fillTimes(_ vectors: inout [[Vector]], _ schema: [ColumnSchema]) {
    let times = timeColumns.compactMap { indexByName[$0] }.filter {
      schema[$0].type == .datetime
    }
    for chunk in chunkRows.indices {
      let seen = times.first { index in
        let position = chunk - columns[index].rowsBefore.count
        return position >= 0 && columns[index].wasSeen[position]
      }
      guard let seen else { continue }
      for index in times where columns[index].wasSeen[safe: chunk] == false {
        vectors[index][chunk] = vectors[seen][chunk]
      }
    }
  }
}

extension Array {
  /// The element at an index, or nil.
  fileprivate subscript(safe index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}

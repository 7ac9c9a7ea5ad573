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
  private let timeColumns: [String]
  private let limits: LoadLimits
  private let seed: UInt64
  /// Rows of the present chunk.
  private(set) var rows = 0
  private var chunkRows: [Int] = []
  private var chargedBytes = 0
  private var problems: [Int: CellProblem] = [:]
  var report: IngestionReport

  /// Makes a collector with the columns that are known beforehand.
  ///
  /// - Parameters:
  ///   - timeColumns: columns that stand in for one another where a file has only one of them.
  ///   - seed: makes the hashes of this load its own.
  init(
    _ table: String,
    columns declared: [ColumnSchema],
    timeColumns: [String],
    limits: LoadLimits,
    seed: UInt64
  ) {
    report = IngestionReport(table: table)
    self.limits = limits
    self.timeColumns = timeColumns
    self.seed = seed
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

  /// Puts a cell into the present row; a second one of the same column is left out.
  ///
  /// `place` is where the cell lies, for messages; asked only when the cell does not fit.
  @inline(__always)
  func append(_ cell: Cell, to index: Int, place: () -> (path: String, line: Int)) {
    let column = columns[index]
    let missing = rows &- column.store.count
    if missing < 0 { return }
    if missing > 0 { column.store.appendMissing(missing) }
    column.isSeen = true
    if !column.store.append(cell) { note(cell, index, place()) }
  }

  /// Completes the present row.
  @inline(__always)
  func endRow() {
    rows &+= 1
    if rows == ColumnTable.chunkRows { endChunk() }
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
        column.store.appendMissing(rows - column.store.count)
        column.store.endChunk()
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

  private func note(_ cell: Cell, _ index: Int, _ place: (path: String, line: Int)) {
    if problems[index] != nil {
      problems[index]?.count += 1
      return
    }
    let column = columns[index]
    let text = String(decoding: cell.text.buffer.prefix(60), as: UTF8.self)
    problems[index] = CellProblem(
      column: ColumnSchema(column.name, column.type ?? .string),
      count: 1,
      example: cell.text.count > 60 ? text + "…" : text,
      path: place.path,
      line: place.line
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

import Columnar
import OperationalStore

/// Collects the rows of one chunk after the other: columns by name, and what went wrong.
///
/// Columns that were not declared stay known from chunk to chunk, but a chunk has only those that
/// its own rows have, in the order in which they appear in them.
final class ChunkBuilder {
  /// A column and what the present chunk has of it.
  private final class Column {
    let name: String
    let type: ScalarType?
    let store: any ColumnBuilder
    /// Whether the present chunk has a cell of it.
    var isSeen = false
    /// Place among the undeclared columns of the chunk, and the line where it came.
    var appearance = Int.max
    var firstLine = 1
    /// Whether each chunk has the column, with values or without.
    var isPinned = false
    var problem: CellProblem?

    init(name: String, type: ScalarType?, seed: UInt64) {
      self.name = name
      self.type = type
      store = makeColumnBuilder(type, seed: seed)
    }
  }

  let outline: TableOutline
  /// Where events of a stream go that names their tables.
  let router: EventRouter?
  /// How the lines are read.
  var reading = LetterReading()
  private var tenantCheck: TenantCheck?
  private let limits: LoadLimits
  private let seed: UInt64
  private var columns: [Column] = []
  private var addedByName: [String: Int] = [:]
  private var appearances = 0
  /// Rows of the present chunk.
  private(set) var rows = 0
  private var rejectedLines: [RejectedLine] = []
  var foreignEventCount = 0

  /// Makes a builder.
  ///
  /// - Parameters:
  ///   - added: columns that other files of the table have besides the declared ones.
  ///   - seed: makes the hashes of this load its own.
  init(_ outline: TableOutline, added: [String] = [], limits: LoadLimits, seed: UInt64) {
    self.outline = outline
    declaredNames = outline.declared.map(\.name)
    self.limits = limits
    self.seed = seed
    router = outline.routes.map {
      EventRouter($0, tenantColumn: outline.tenantColumn, limits: limits, seed: seed)
    }
    reading.isRouted = outline.isRouted
    reading.tenantColumn = outline.tenantColumn
    tenantCheck = outline.tenantColumn.map(TenantCheck.init)
    for column in outline.declared {
      columns.append(Column(name: column.name, type: column.type, seed: seed))
    }
    for name in added { _ = add(name) }
  }

  /// The names of the columns that were known beforehand.
  let declaredNames: [String]

  /// Finds the column for a name of a file, or adds one of inferred type; nil at the limit.
  ///
  /// The exact name wins, then the name in other letter case, then the name without its zone. The
  /// name is one that the catalogue of a store can keep.
  func column(named name: String) -> Int? {
    let name = name.storable
    if let index = outline.column(named: name) ?? addedByName[name] { return index }
    if let index = outline.column(folding: name) { return index }
    if let bare = TableOutline.withoutZone(name),
      let index = outline.column(named: bare) ?? addedByName[bare]
    {
      return index
    }
    if let tenant = outline.tenantColumn, tenant != name,
      tenant.lowercased() == name.lowercased()
    {
      return column(named: tenant)
    }
    return columns.count < limits.columns ? add(name) : nil
  }

  /// Finds a column that was known beforehand.
  func declaredColumn(named name: String) -> Int? { outline.column(named: name) }

  /// The column for the tenant that an envelope names.
  var envelopeTenantColumn: Int? {
    let name = "TenantId"
    if let declared = outline.column(named: name) { return declared }
    return outline.tenantColumn?.lowercased() == name.lowercased() ? column(named: name) : nil
  }

  /// Says why the row being read belongs to no tenant; nil where it does, or needs none.
  func tenantRefusal(of batch: borrowing CellBatch) -> String? {
    guard let name = tenantCheck?.column else { return nil }
    guard let index = column(named: name) else { return limits.columnLimitReason }
    return tenantCheck?.refusal(of: batch, index: index)
  }

  /// Whether there is anything to make a chunk of.
  var hasContent: Bool { rows > 0 || !rejectedLines.isEmpty }

  /// Gives each chunk from now on a column, also where no row has it.
  func pin(_ index: Int) {
    columns[index].isPinned = true
    appear(columns[index], line: 1)
  }

  private func add(_ name: String) -> Int {
    let index = columns.count
    columns.append(Column(name: name, type: nil, seed: seed))
    addedByName[name] = index
    return index
  }

  /// Takes the rows of a batch, which was read from `block`, and empties it.
  func take(_ batch: inout CellBatch, from block: TextBlock) {
    router?.flush(from: block)
    batch.dropRow()
    if batch.rows == 0 { return batch.removeAll() }
    batch.withCellsByColumn(count: columns.count) { index, cells in
      let column = columns[index]
      column.isSeen = true
      let part = ColumnCells(cells: cells, firstRow: rows, rows: batch.rows)
      let unfit = column.store.append(part)
      if unfit.count > 0 {
        let item = cells[unfit.first]
        note(unfit.count, item.cell, column, block, batch.offsets[Int(item.row)])
      }
    }
    if columns.count > outline.declared.count { noteAppearances(batch, block) }
    rows += batch.rows
    batch.removeAll()
  }

  /// Notes the order in which undeclared columns come.
  private func noteAppearances(_ batch: borrowing CellBatch, _ block: TextBlock) {
    let declaredCount = outline.declared.count
    let missing = columns[declaredCount...].contains { $0.isSeen && $0.appearance == .max }
    if !missing { return }
    for index in 0..<batch.count {
      let item = batch.cells[index]
      if Int(item.column) < declaredCount { continue }
      let column = columns[Int(item.column)]
      if column.appearance == .max {
        appear(column, line: block.line(at: batch.offsets[Int(item.row)]))
      }
    }
  }

  private func appear(_ column: Column, line: Int) {
    column.appearance = appearances
    column.firstLine = line
    appearances += 1
  }

  /// Notes the line at an offset of a block as one that cannot be used.
  func reject(at offset: Int, of block: TextBlock, _ reason: String) {
    let source = block.sourceLine(from: offset)
    rejectedLines.append(
      RejectedLine(
        line: block.line(at: offset),
        offset: source.offset,
        bytes: source.bytes,
        reason: reason
      )
    )
  }

  /// Notes a value, in the record at an offset of a block, as one that cannot be used.
  func reject(_ value: TextView, at offset: Int, of block: TextBlock, _ reason: String) {
    let source = block.source(of: value, inRecordAt: offset)
    rejectedLines.append(
      RejectedLine(
        line: source.line,
        offset: source.offset,
        bytes: source.bytes,
        reason: reason
      )
    )
  }

  /// Notes a line that is too long.
  func reject(_ line: LineBlock) {
    rejectedLines.append(
      RejectedLine(
        line: line.firstLine,
        offset: line.offset,
        bytes: Array(UnsafeRawBufferPointer(start: line.buffer.base, count: line.count)),
        reason: limits.longLineReason
      )
    )
  }

  private func note(
    _ count: Int,
    _ cell: Cell,
    _ column: Column,
    _ block: TextBlock,
    _ offset: Int
  ) {
    if column.problem != nil {
      column.problem?.count += count
      return
    }
    let text = String(decoding: cell.text.buffer.prefix(60), as: UTF8.self)
    column.problem = CellProblem(
      column: ColumnSchema(column.name, column.type ?? .string),
      count: count,
      example: cell.text.count > 60 ? text + "…" : text,
      path: block.path,
      line: block.line(at: offset)
    )
  }

  /// Gives the rows so far and begins the next chunk.
  func finishChunk(path: String, textBytes: Int, replacedSequences: Int) -> IngestedChunk {
    let present = columns.indices.filter { columns[$0].isSeen || columns[$0].isPinned }
    let declaredCount = outline.declared.count
    let ordered =
      present.prefix { $0 < declaredCount }
      + present.drop { $0 < declaredCount }.sorted {
        columns[$0].appearance < columns[$1].appearance
      }
    let chunk = IngestedChunk(
      table: outline.table,
      path: path,
      rowCount: rows,
      columns: ordered.map(finishColumn),
      knownNames: declaredNames,
      rejectedLines: rejectedLines,
      cellProblems: present.compactMap { columns[$0].problem },
      foreignEventCount: foreignEventCount,
      replacedSequenceCount: replacedSequences,
      textBytes: textBytes,
      reading: reading,
      routed: router?.finishChunks(path: path) ?? []
    )
    for index in present { beginChunk(columns[index]) }
    if !columns.contains(where: \.isPinned) { appearances = 0 }
    rows = 0
    rejectedLines = []
    foreignEventCount = 0
    return chunk
  }

  private func finishColumn(_ index: Int) -> IngestedColumn {
    let column = columns[index]
    let isDeclared = index < outline.declared.count
    let vector =
      column.isSeen
      ? column.store.finish(rows: rows)
      : Vector(constant: .missing(column.type ?? .string), count: rows)
    return IngestedColumn(
      name: column.name,
      vector: vector,
      declaredIndex: isDeclared ? index : nil,
      hasValues: column.isSeen,
      firstLine: column.firstLine,
      candidates: isDeclared ? nil : column.store.takeCandidates()
    )
  }

  private func beginChunk(_ column: Column) {
    column.isSeen = false
    column.problem = nil
    if !column.isPinned { column.appearance = .max }
  }
}

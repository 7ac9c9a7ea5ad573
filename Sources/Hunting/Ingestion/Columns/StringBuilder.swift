import Columnar

/// Collects the values of a string column.
final class StringBuilder: ColumnBuilder {
  private var texts: ChunkTexts
  /// What the values could be besides texts; nil where that is not asked.
  private var candidates: TypeCandidates?

  init(seed: UInt64, infersType: Bool = false) {
    texts = ChunkTexts(seed: seed)
    candidates = infersType ? TypeCandidates() : nil
  }

  func append(_ batch: ColumnCells) -> UnfitCells {
    texts.append(batch, &candidates)
    return UnfitCells()
  }

  func finish(rows: Int) -> Vector { texts.finish(rows: rows) }

  func takeCandidates() -> TypeCandidates? {
    guard let taken = candidates else { return nil }
    candidates = TypeCandidates()
    return taken
  }
}

/// The texts of a chunk, with a dictionary for as long as values repeat.
///
/// Where most values of a chunk are new, its rows so far are rewritten as plain text and the rest
/// is plain as well. The chunks after it begin plain; now and then one tries a dictionary again.
struct ChunkTexts: ~Copyable {
  /// Chunks after which a plain column tries a dictionary again.
  private static let plainChunks = 8

  private var table: InternTable
  private var codes = CodeList()
  private var plain = TextStore(capacity: 0)
  private var isPlain = false
  /// Chunks that begin plain from now on.
  private var plainChunksLeft = 0
  /// The code of the empty text, once there is one.
  private var emptyCode: UInt32?
  /// The number of different texts at which to think again.
  private var nextReview = InternTable.firstReview

  init(seed: UInt64) { table = InternTable(seed: seed) }

  mutating func append(_ batch: ColumnCells, _ candidates: inout TypeCandidates?) {
    if isPlain {
      appendPlain(batch, &candidates)
    } else {
      appendCodes(batch, &candidates)
    }
  }

  mutating func finish(rows: Int) -> Vector {
    if isPlain {
      plain.appendEmpty(rows - plain.count)
      let vector = plain.vector(type: .string)
      plain = TextStore(capacity: plain.count, heapCapacity: plain.heapBytes)
      plainChunksLeft -= 1
      isPlain = plainChunksLeft > 0
      return vector
    }
    extendCodes(to: rows)
    let vector = table.takeDictionary(type: .string).vector(codes.take())
    emptyCode = nil
    nextReview = InternTable.firstReview
    return vector
  }

  private mutating func appendCodes(
    _ batch: ColumnCells,
    _ candidates: inout TypeCandidates?
  ) {
    extendCodes(to: batch.firstRow)
    if batch.hasEveryRow {
      codes.extend(to: batch.endRow, with: 0)
    } else {
      extendCodes(to: batch.endRow)
    }
    let target = codes.base + batch.firstRow
    for (index, item) in batch.cells.enumerated() where !batch.isReplaced(index) {
      if item.cell.isMissing { continue }
      let before = table.count
      target[Int(item.row)] = table.intern(item.cell.text)
      if table.count > before || candidates?.hasSeen(item.cell.kind) == false {
        candidates?.observe(item.cell)
      }
    }
    if table.count >= nextReview { review() }
  }

  private mutating func appendPlain(
    _ batch: ColumnCells,
    _ candidates: inout TypeCandidates?
  ) {
    for (index, item) in batch.cells.enumerated() where !batch.isReplaced(index) {
      if item.cell.isMissing { continue }
      plain.appendEmpty(batch.firstRow + Int(item.row) - plain.count)
      plain.append(item.cell.text)
      candidates?.observe(item.cell)
    }
    plain.appendEmpty(batch.endRow - plain.count)
  }

  /// Adds rows with the empty text.
  private mutating func extendCodes(to rows: Int) {
    if rows <= codes.count { return }
    let code = emptyCode ?? table.internEmpty()
    emptyCode = code
    codes.extend(to: rows, with: code)
  }

  /// Gives the dictionary up where less than every second row repeats a text.
  private mutating func review() {
    nextReview *= 2
    guard table.count * 2 > codes.count else { return }
    let source = codes.base
    plain = TextStore(capacity: codes.count * 2, heapCapacity: table.texts.heapBytes * 2)
    for row in 0..<codes.count { plain.append(table.texts[Int(source[row])]) }
    _ = codes.take()
    table.removeAll()
    emptyCode = nil
    nextReview = InternTable.firstReview
    isPlain = true
    plainChunksLeft = Self.plainChunks
  }
}

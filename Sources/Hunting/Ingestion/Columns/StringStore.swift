import Columnar

/// Collects texts, with a dictionary for as long as values repeat.
///
/// The dictionary is that of the whole table, so that chunks share codes. Where most values are
/// new, the present chunk is rewritten as plain text and the chunks after it are plain as well.
final class StringStore: ColumnStore {
  private var texts: RepeatingTexts
  /// What the values could be besides texts; nil where that is not asked.
  private(set) var candidates: TypeCandidates?

  init(seed: UInt64, infersType: Bool = false) {
    texts = RepeatingTexts(seed: seed)
    candidates = infersType ? TypeCandidates() : nil
  }

  var byteCount: Int { texts.byteCount }
  var isFull: Bool { texts.isFull }

  func append(_ batch: ColumnCells) -> UnfitCells {
    texts.append(batch, &candidates)
    return UnfitCells()
  }

  func endChunk(rows: Int) { texts.endChunk(rows: rows) }

  func finish() -> (type: ScalarType, chunks: [Vector]) { (.string, texts.finish()) }
}

/// The texts of a string column.
struct RepeatingTexts: ~Copyable {
  private enum Chunk {
    case codes(Buffer, count: Int)
    case plain(Vector)
  }

  private var table: InternTable
  private var codes = CodeList()
  private var plain = TextStore(capacity: 16)
  private var isPlain = false
  private var chunks: [Chunk] = []
  private var rowsBefore = 0
  private var finishedBytes = 0
  /// The code of the empty text, once there is one.
  private var emptyCode: UInt32?
  /// The number of different texts at which to think again.
  private var nextReview = 4096

  init(seed: UInt64) {
    table = InternTable(seed: seed)
  }

  var byteCount: Int {
    finishedBytes + table.byteCount + codes.buffer.byteCount + plain.byteCount
  }

  var isFull: Bool {
    plain.heapBytes > TextStore.fullBytes || table.texts.heapBytes > TextStore.fullBytes
  }

  mutating func append(_ batch: ColumnCells, _ candidates: inout TypeCandidates?) {
    if isPlain { return appendPlain(batch, &candidates) }
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

  mutating func endChunk(rows: Int) {
    if isPlain {
      plain.appendEmpty(rows - plain.count)
      finishedBytes += plain.byteCount
      chunks.append(.plain(plain.vector(type: .string)))
      plain = TextStore(capacity: 16)
    } else {
      extendCodes(to: rows)
      finishedBytes += codes.buffer.byteCount
      chunks.append(.codes(codes.buffer, count: codes.count))
      codes = CodeList()
      // A dictionary that nears the reach of its offsets takes no more texts.
      isPlain = table.texts.heapBytes > TextStore.fullBytes / 2
    }
    rowsBefore += rows
  }

  mutating func finish() -> [Vector] {
    let dictionary = VectorDictionary(
      values: table.texts.vector(type: .string),
      isDistinct: true
    )
    return chunks.map { chunk in
      switch chunk {
      case .plain(let vector): return vector
      case .codes(let buffer, let count):
        let rows = DictionaryRows(codes: buffer, dictionary: dictionary)
        return Vector(type: .string, count: count, layout: .dictionary(rows))
      }
    }
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
    let code = emptyCode ?? internEmpty()
    emptyCode = code
    codes.extend(to: rows, with: code)
  }

  private mutating func internEmpty() -> UInt32 {
    let nothing = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    defer { nothing.deallocate() }
    return table.intern(TextView(base: nothing, count: 0))
  }

  /// Gives the dictionary up where less than every second row repeats a text.
  private mutating func review() {
    nextReview *= 2
    guard table.count * 2 > rowsBefore + codes.count else { return }
    let source = codes.base
    var bytes = 0
    for row in 0..<codes.count { bytes += table.texts[Int(source[row])].count }
    if bytes > TextStore.fullBytes / 2 { return }
    plain = TextStore(capacity: codes.count)
    for row in 0..<codes.count { plain.append(table.texts[Int(source[row])]) }
    codes = CodeList()
    isPlain = true
  }
}

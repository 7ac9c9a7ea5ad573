import Columnar

/// Collects dynamic values; equal source texts are parsed once while they repeat.
final class DynamicStore: ColumnStore {
  private var sources: RepeatingSources

  init(seed: UInt64) {
    sources = RepeatingSources(seed: seed)
  }

  var byteCount: Int { sources.byteCount }
  var isFull: Bool { sources.isFull }

  func append(_ batch: ColumnCells) -> UnfitCells {
    sources.append(batch)
    return UnfitCells()
  }

  func endChunk(rows: Int) { sources.endChunk(rows: rows) }

  func finish() -> (type: ScalarType, chunks: [Vector]) { (.dynamic, sources.finish()) }
}

/// The values of a dynamic column and the texts that they were read from.
struct RepeatingSources: ~Copyable {
  private enum Chunk {
    case codes(Buffer, count: Int)
    case plain(Vector)
  }

  /// Source texts, each ended by a byte that tells literals from strings; the first is null.
  private var table: InternTable
  /// The encoded value of each source text.
  private var values = EncodedValues()
  private var codes = CodeList()
  private var plain = EncodedValues()
  private var isPlain = false
  private var chunks: [Chunk] = []
  private var rowsBefore = 0
  private var finishedBytes = 0
  private var nextReview = 4096
  private var scratch: [UInt8] = []

  init(seed: UInt64) {
    table = InternTable(seed: seed)
    _ = [UInt8]().withTextView { table.intern($0) }
    values.appendNulls(1)
  }

  var byteCount: Int {
    finishedBytes + table.byteCount + values.texts.byteCount + plain.texts.byteCount
      + codes.buffer.byteCount
  }

  var isFull: Bool {
    max(plain.texts.heapBytes, values.texts.heapBytes, table.texts.heapBytes)
      > TextStore.fullBytes
  }

  mutating func append(_ batch: ColumnCells) {
    if isPlain { return appendPlain(batch) }
    codes.extend(to: batch.endRow, with: 0)
    let target = codes.base + batch.firstRow
    for (index, item) in batch.cells.enumerated() where !batch.isReplaced(index) {
      if item.cell.isMissing { continue }
      let before = table.count
      target[Int(item.row)] = intern(item.cell)
      if table.count > before { values.append(item.cell) }
    }
    if table.count >= nextReview { review() }
  }

  mutating func endChunk(rows: Int) {
    if isPlain {
      plain.appendNulls(rows - plain.texts.count)
      finishedBytes += plain.texts.byteCount
      chunks.append(.plain(plain.vector()))
      plain = EncodedValues()
    } else {
      codes.extend(to: rows, with: 0)
      finishedBytes += codes.buffer.byteCount
      chunks.append(.codes(codes.buffer, count: codes.count))
      codes = CodeList()
      let bytes = max(values.texts.heapBytes, table.texts.heapBytes)
      isPlain = bytes > TextStore.fullBytes / 2
    }
    rowsBefore += rows
  }

  mutating func finish() -> [Vector] {
    // Two source texts may spell the same value.
    let dictionary = VectorDictionary(values: values.vector(), isDistinct: false)
    return chunks.map { chunk in
      switch chunk {
      case .plain(let vector): return vector
      case .codes(let buffer, let count):
        let rows = DictionaryRows(codes: buffer, dictionary: dictionary)
        return Vector(type: .dynamic, count: count, layout: .dictionary(rows))
      }
    }
  }

  private mutating func appendPlain(_ batch: ColumnCells) {
    for (index, item) in batch.cells.enumerated() where !batch.isReplaced(index) {
      if item.cell.isMissing { continue }
      plain.appendNulls(batch.firstRow + Int(item.row) - plain.texts.count)
      plain.append(item.cell)
    }
    plain.appendNulls(batch.endRow - plain.texts.count)
  }

  private mutating func intern(_ cell: Cell) -> UInt32 {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: cell.text.buffer)
    scratch.append(cell.holdsJSON ? 1 : 0)
    return scratch.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      return table.intern(TextView(base: base, count: bytes.count))
    }
  }

  /// Gives the dictionary up where less than every second row repeats a text.
  private mutating func review() {
    nextReview *= 2
    guard table.count * 2 > rowsBefore + codes.count else { return }
    let source = codes.base
    var bytes = 0
    for row in 0..<codes.count { bytes += values.texts[Int(source[row])].count }
    if bytes > TextStore.fullBytes / 2 { return }
    plain = EncodedValues()
    for row in 0..<codes.count { plain.append(copying: values, Int(source[row])) }
    codes = CodeList()
    isPlain = true
  }
}

/// Dynamic values in their binary form, one a row.
struct EncodedValues: ~Copyable {
  private(set) var texts = TextStore(capacity: 16)
  private var nulls: [Int] = []
  private var writer = DynamicWriter()

  /// Adds the value of a cell; a text that is no JSON becomes a dynamic string.
  mutating func append(_ cell: Cell) {
    writer.removeAll()
    if !cell.holdsJSON || !JSONParser.parse(cell.text.buffer, into: &writer) {
      writer.removeAll()
      writer.append(string: cell.text.buffer)
    }
    let view = writer.view()
    if view.kind == .null { return appendNulls(1) }
    guard let base = view.bytes.baseAddress else { return appendNulls(1) }
    texts.append(TextView(base: base, count: view.bytes.count))
  }

  /// Adds a value of another list.
  mutating func append(copying other: borrowing EncodedValues, _ row: Int) {
    let text = other.texts[row]
    if text.count == 0 { return appendNulls(1) }
    texts.append(text)
  }

  /// Adds nulls; their text is empty.
  mutating func appendNulls(_ rows: Int) {
    for _ in 0..<max(0, rows) {
      nulls.append(texts.count)
      texts.appendEmpty(1)
    }
  }

  func vector() -> Vector { texts.vector(type: .dynamic, nullRows: nulls) }
}

import Columnar

/// Collects the values of a dynamic column.
final class DynamicBuilder: ColumnBuilder {
  private var sources: ChunkSources

  init(seed: UInt64) { sources = ChunkSources(seed: seed) }

  func append(_ batch: ColumnCells) -> UnfitCells {
    sources.append(batch)
    return UnfitCells()
  }

  func finish(rows: Int) -> Vector { sources.finish(rows: rows) }
}

/// The dynamic values of a chunk; equal source texts are parsed once while they repeat.
struct ChunkSources: ~Copyable {
  /// Source texts; the first is the null. Those of strings end with a zero byte, which those of
  /// JSON never do.
  private var table: InternTable
  /// The encoded value of each source text.
  private var values = EncodedValues()
  private var codes = CodeList()
  private var plain = EncodedValues()
  private var isPlain = false
  private var nextReview = InternTable.firstReview
  private var scratch: [UInt8] = []

  init(seed: UInt64) {
    table = InternTable(seed: seed)
    beginDictionary()
  }

  mutating func append(_ batch: ColumnCells) {
    if isPlain {
      appendPlain(batch)
    } else {
      appendCodes(batch)
    }
  }

  mutating func finish(rows: Int) -> Vector {
    if isPlain {
      plain.appendNulls(rows - plain.texts.count)
      let vector = plain.vector()
      plain = EncodedValues()
      isPlain = false
      return vector
    }
    codes.extend(to: rows, with: 0)
    // Two source texts may spell the same value.
    let dictionary = VectorDictionary(values: values.vector(), isDistinct: false)
    let vector = dictionary.vector(codes.take())
    beginDictionary()
    return vector
  }

  private mutating func beginDictionary() {
    table.removeAll()
    _ = table.internEmpty()
    values = EncodedValues()
    values.appendNulls(1)
    nextReview = InternTable.firstReview
  }

  private mutating func appendCodes(_ batch: ColumnCells) {
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

  private mutating func appendPlain(_ batch: ColumnCells) {
    for (index, item) in batch.cells.enumerated() where !batch.isReplaced(index) {
      if item.cell.isMissing { continue }
      plain.appendNulls(batch.firstRow + Int(item.row) - plain.texts.count)
      plain.append(item.cell)
    }
    plain.appendNulls(batch.endRow - plain.texts.count)
  }

  private mutating func intern(_ cell: Cell) -> UInt32 {
    if cell.holdsJSON { return table.intern(cell.text) }
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: cell.text.buffer)
    scratch.append(0)
    return scratch.withTextView { table.intern($0) }
  }

  /// Gives the dictionary up where less than every second row repeats a text.
  private mutating func review() {
    nextReview *= 2
    guard table.count * 2 > codes.count else { return }
    let source = codes.base
    plain = EncodedValues()
    for row in 0..<codes.count { plain.append(copying: values, Int(source[row])) }
    _ = codes.take()
    beginDictionary()
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

import Columnar

/// Joins the vectors of a string or dynamic column.
final class TextTableColumn: TableColumn {
  private var texts: JoinedTexts

  init(_ type: ScalarType, seed: UInt64) { texts = JoinedTexts(type, seed: seed) }

  var byteCount: Int { texts.byteCount }
  var isFull: Bool { texts.isFull }

  func append(_ vector: Vector, at firstRow: Int) { texts.append(vector, at: firstRow) }

  func endChunk(rows: Int) { texts.endChunk(rows: rows) }

  func finish() -> [Vector] { texts.finish() }
}

/// Strings or dynamic values of a table, with a dictionary for as long as values repeat.
///
/// The dictionary is that of the whole table, so that chunks share codes. Where most values are
/// new, the present chunk is rewritten as plain text and the chunks after it are plain as well.
struct JoinedTexts: ~Copyable {
  private enum Chunk {
    case codes(Buffer, count: Int)
    case plain(Vector)
  }

  private let type: ScalarType
  private var table: InternTable
  private var codes = CodeList()
  private var plain = TextStore(capacity: 0)
  /// The rows of `plain` that are null.
  private var nullRows: [Int] = []
  private var isPlain = false
  private var chunks: [Chunk] = []
  private var rowsBefore = 0
  private var finishedBytes = 0
  /// The code of rows without a value, once there is one: the empty text, or the null.
  private var missingCode: UInt32?
  /// The number of different texts at which to think again.
  private var nextReview = 4096

  init(_ type: ScalarType, seed: UInt64) {
    self.type = type
    table = InternTable(seed: seed)
  }

  var byteCount: Int {
    finishedBytes + table.byteCount + codes.buffer.byteCount + plain.byteCount
      + nullRows.count * 8
  }

  var isFull: Bool {
    max(plain.heapBytes, table.texts.heapBytes) > TextStore.fullBytes
  }

  mutating func append(_ vector: Vector, at firstRow: Int) {
    if isPlain {
      appendPlainMissing(firstRow - plain.count)
      return appendPlain(vector)
    }
    extendCodes(to: firstRow)
    switch vector.layout {
    case .text(let rows): intern(rows, vector.count)
    case .dictionary(let rows): translate(rows, vector.count)
    case .constant, .fixed: extendCodes(to: firstRow + vector.count)
    }
    if table.count >= nextReview { review() }
  }

  mutating func endChunk(rows: Int) {
    if isPlain {
      appendPlainMissing(rows - plain.count)
      finishedBytes += plain.byteCount
      chunks.append(.plain(plain.vector(type: type, nullRows: nullRows)))
      plain = TextStore(capacity: 0)
      nullRows = []
    } else {
      extendCodes(to: rows)
      let taken = codes.take()
      finishedBytes += taken.buffer.byteCount
      chunks.append(.codes(taken.buffer, count: taken.count))
      // A dictionary that nears the reach of its offsets takes no more texts.
      isPlain = table.texts.heapBytes > TextStore.fullBytes / 2
    }
    rowsBefore += rows
  }

  mutating func finish() -> [Vector] {
    let nulls = type == .dynamic ? missingCode.map { [Int($0)] } : nil
    let dictionary = table.takeDictionary(type: type, nullRows: nulls ?? [])
    return chunks.map { chunk in
      switch chunk {
      case .plain(let vector): vector
      case .codes(let buffer, let count): dictionary.vector((buffer, count))
      }
    }
  }

  // MARK: With a dictionary

  private mutating func intern(_ rows: TextRows, _ count: Int) {
    let first = codes.count
    codes.extend(to: first + count, with: 0)
    let target = codes.base + first
    for row in 0..<count { target[row] = table.intern(rows[row]) }
    if let nulls = rows.nulls {
      let missing = missingValue()
      for row in 0..<count where nulls.base[row] != 0 { target[row] = missing }
    }
  }

  /// Adds codes of another dictionary, each of whose values is looked up once.
  private mutating func translate(_ rows: DictionaryRows, _ count: Int) {
    guard case .text(let values) = rows.dictionary.values.layout else { return }
    let valueCount = rows.dictionary.values.count
    let first = codes.count
    codes.extend(to: first + count, with: 0)
    let target = codes.base + first
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: max(1, valueCount)) { known in
      for value in 0..<valueCount { known[value] = table.intern(values[value]) }
      if let nulls = values.nulls {
        let missing = missingValue()
        for value in 0..<valueCount where nulls.base[value] != 0 { known[value] = missing }
      }
      let source = rows.base
      for row in 0..<count { target[row] = known[Int(source[row])] }
    }
  }

  private mutating func missingValue() -> UInt32 {
    let code = missingCode ?? table.internEmpty()
    missingCode = code
    return code
  }

  /// Adds rows without a value.
  private mutating func extendCodes(to rows: Int) {
    if rows > codes.count { codes.extend(to: rows, with: missingValue()) }
  }

  /// Gives the dictionary up where less than every second row repeats a text.
  private mutating func review() {
    nextReview *= 2
    guard table.count * 2 > rowsBefore + codes.count else { return }
    let source = codes.base
    var bytes = 0
    for row in 0..<codes.count { bytes += table.texts[Int(source[row])].count }
    if bytes > TextStore.fullBytes / 2 { return }
    plain = TextStore(capacity: codes.count * 2, heapCapacity: bytes * 2)
    for row in 0..<codes.count {
      if type == .dynamic, source[row] == missingCode { nullRows.append(row) }
      plain.append(table.texts[Int(source[row])])
    }
    _ = codes.take()
    isPlain = true
    // Chunks that are done may still need the dictionary.
    if chunks.isEmpty { table.removeAll() }
  }

  // MARK: Plain

  private mutating func appendPlain(_ vector: Vector) {
    let first = plain.count
    switch vector.layout {
    case .text(let rows):
      plain.append(rows, count: vector.count)
      noteNulls(rows.nulls, first, vector.count)
    case .dictionary(let rows):
      guard case .text(let values) = rows.dictionary.values.layout else { return }
      let codes = rows.base
      for row in 0..<vector.count {
        let code = Int(codes[row])
        if let nulls = values.nulls, nulls.base[code] != 0 { nullRows.append(first + row) }
        plain.append(values[code])
      }
    case .constant, .fixed: appendPlainMissing(vector.count)
    }
  }

  private mutating func noteNulls(_ nulls: NullRows?, _ first: Int, _ count: Int) {
    guard let nulls else { return }
    for row in 0..<count where nulls.base[row] != 0 { nullRows.append(first + row) }
  }

  private mutating func appendPlainMissing(_ rows: Int) {
    if rows <= 0 { return }
    if type == .dynamic { nullRows.append(contentsOf: plain.count..<plain.count + rows) }
    plain.appendEmpty(rows)
  }
}

import Columnar

/// Collects texts, with a dictionary for as long as values repeat.
///
/// The dictionary is that of the whole table, so that chunks share codes. Where most values are
/// new, the present chunk is rewritten as plain text and the chunks after it are plain as well.
final class StringStore: ColumnStore {
  private enum Chunk {
    case codes(CodeList)
    case plain(Vector)
  }

  private let table: InternTable
  private var codes: CodeList? = CodeList()
  private var plain = TextStore(capacity: 16)
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

  var count: Int { codes?.count ?? plain.count }

  var byteCount: Int {
    finishedBytes + table.byteCount + (codes?.buffer.byteCount ?? plain.byteCount)
  }

  var isFull: Bool {
    plain.heapBytes > TextStore.fullBytes || table.texts.heapBytes > TextStore.fullBytes
  }

  func append(_ cell: Cell) -> Bool {
    if cell.isMissing { appendMissing(1) } else { append(cell.text) }
    return true
  }

  /// Adds a text; true if it is the first of its kind, or that is not known.
  @discardableResult
  func append(_ text: TextView) -> Bool {
    guard let codes else {
      plain.append(text)
      return true
    }
    let before = table.count
    codes.append(table.intern(text))
    if table.count == before { return false }
    if table.count >= nextReview { review(codes) }
    return true
  }

  func appendMissing(_ rows: Int) {
    if rows == 0 { return }
    guard let codes else { return plain.appendEmpty(rows) }
    let code = emptyCode ?? Self.withEmptyText { table.intern($0) }
    emptyCode = code
    codes.append(code, times: rows)
  }

  func endChunk() {
    rowsBefore += count
    if let codes {
      finishedBytes += codes.buffer.byteCount
      chunks.append(.codes(codes))
      // A dictionary that nears the reach of its offsets takes no more texts.
      self.codes = table.texts.heapBytes > TextStore.fullBytes / 2 ? nil : CodeList()
    } else {
      finishedBytes += plain.byteCount
      chunks.append(.plain(plain.vector(type: .string)))
      plain = TextStore()
    }
  }

  func finish() -> (type: ScalarType, chunks: [Vector]) {
    let dictionary = VectorDictionary(values: table.texts.vector(type: .string), isDistinct: true)
    let vectors = chunks.map { chunk in
      switch chunk {
      case .plain(let vector): vector
      case .codes(let list):
        Vector(
          type: .string,
          count: list.count,
          layout: .dictionary(DictionaryRows(codes: list.buffer, dictionary: dictionary))
        )
      }
    }
    return (.string, vectors)
  }

  /// Gives the dictionary up where less than every second row repeats a text.
  private func review(_ codes: CodeList) {
    nextReview *= 2
    guard table.count * 2 > rowsBefore + codes.count else { return }
    let source = codes.buffer.values(UInt32.self)
    var bytes = 0
    for row in 0..<codes.count { bytes += table.texts[Int(source[row])].count }
    if bytes > TextStore.fullBytes / 2 { return }
    plain = TextStore(capacity: codes.count)
    for row in 0..<codes.count { plain.append(table.texts[Int(source[row])]) }
    self.codes = nil
  }

  private static func withEmptyText<Result>(_ body: (TextView) -> Result) -> Result {
    [UInt8]().withTextView(body)
  }
}

import Columnar

/// Collects dynamic values; equal source texts are parsed once while they repeat.
final class DynamicStore: ColumnStore {
  private enum Chunk {
    case codes(CodeList)
    case plain(Vector)
  }

  /// Source texts, each ended by a byte that tells literals from strings.
  private let sources: InternTable
  /// The encoded value of each source text.
  private let values = TextStore(capacity: 16)
  private var nullCodes: [Int] = []
  private var codes: CodeList? = CodeList()
  private var plain = TextStore(capacity: 16)
  private var plainNulls: [Int] = []
  private var chunks: [Chunk] = []
  private var rowsBefore = 0
  private var finishedBytes = 0
  private var nextReview = 4096
  private var writer = DynamicWriter()
  private var scratch: [UInt8] = []

  init(seed: UInt64) {
    sources = InternTable(seed: seed)
  }

  var count: Int { codes?.count ?? plain.count }

  var byteCount: Int {
    finishedBytes + sources.byteCount + values.byteCount
      + (codes?.buffer.byteCount ?? plain.byteCount)
  }

  var isFull: Bool {
    plain.heapBytes > TextStore.fullBytes || values.heapBytes > TextStore.fullBytes
      || sources.texts.heapBytes > TextStore.fullBytes
  }

  func append(_ cell: Cell) -> Bool {
    guard let codes else {
      encode(cell)
      appendEncoded(to: plain, nulls: &plainNulls)
      return true
    }
    let before = sources.count
    let code = intern(cell)
    if sources.count > before {
      encode(cell)
      appendEncoded(to: values, nulls: &nullCodes)
    }
    codes.append(code)
    if sources.count >= nextReview { review(codes) }
    return true
  }

  func appendMissing(_ rows: Int) {
    if rows == 0 { return }
    [UInt8]().withTextView { empty in
      for _ in 0..<rows { _ = append(Cell(kind: .null, text: empty)) }
    }
  }

  func endChunk() {
    rowsBefore += count
    if let codes {
      finishedBytes += codes.buffer.byteCount
      chunks.append(.codes(codes))
      let bytes = max(values.heapBytes, sources.texts.heapBytes)
      self.codes = bytes > TextStore.fullBytes / 2 ? nil : CodeList()
    } else {
      finishedBytes += plain.byteCount
      chunks.append(.plain(plain.vector(type: .dynamic, nullRows: plainNulls)))
      plain = TextStore()
      plainNulls = []
    }
  }

  func finish() -> (type: ScalarType, chunks: [Vector]) {
    // Two source texts may spell the same value.
    let dictionary = VectorDictionary(
      values: values.vector(type: .dynamic, nullRows: nullCodes),
      isDistinct: false
    )
    let vectors = chunks.map { chunk in
      switch chunk {
      case .plain(let vector): vector
      case .codes(let list):
        Vector(
          type: .dynamic,
          count: list.count,
          layout: .dictionary(DictionaryRows(codes: list.buffer, dictionary: dictionary))
        )
      }
    }
    return (.dynamic, vectors)
  }

  private func intern(_ cell: Cell) -> UInt32 {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: cell.text.buffer)
    scratch.append(cell.isMissing ? 2 : cell.holdsJSON ? 1 : 0)
    return scratch.withTextView { sources.intern($0) }
  }

  /// Writes the value of a cell; a text that is no JSON becomes a dynamic string.
  private func encode(_ cell: Cell) {
    writer.removeAll()
    if cell.isMissing {
      writer.appendNull()
    } else if !cell.holdsJSON || !JSONParser.parse(cell.text.buffer, into: &writer) {
      writer.removeAll()
      writer.append(string: cell.text.buffer)
    }
  }

  private func appendEncoded(to store: TextStore, nulls: inout [Int]) {
    let view = writer.view()
    if view.kind == .null { nulls.append(store.count) }
    [UInt8](view.bytes).withTextView { store.append($0) }
  }

  /// Gives the dictionary up where less than every second row repeats a text.
  private func review(_ codes: CodeList) {
    nextReview *= 2
    guard sources.count * 2 > rowsBefore + codes.count else { return }
    let source = codes.buffer.values(UInt32.self)
    var bytes = 0
    for row in 0..<codes.count { bytes += values[Int(source[row])].count }
    if bytes > TextStore.fullBytes / 2 { return }
    let nulls = Set(nullCodes)
    plain = TextStore(capacity: codes.count)
    plainNulls = []
    for row in 0..<codes.count {
      let code = Int(source[row])
      if nulls.contains(code) { plainNulls.append(row) }
      plain.append(values[code])
    }
    self.codes = nil
  }
}

/// A text with a cursor in it.
///
/// Offsets count bytes. The cursor stays within the text whatever the bytes are.
struct EditBuffer {
  private(set) var text: [UInt8] = []
  private(set) var cursor = 0
  /// The column that moves up and down aim at.
  private var goalColumn: Int?
  private var undoLog = UndoLog()
  private let byteLimit: Int

  /// Makes an empty buffer that refuses to grow beyond a limit.
  init(byteLimit: Int) { self.byteLimit = byteLimit }

  /// Whether there is nothing but space.
  var isBlank: Bool { text.allSatisfy(ASCIIFolding.isBlank) }

  /// The line of the cursor, without its line feed.
  var line: Range<Int> { TextMetrics.line(at: cursor, in: text) }

  /// Puts the cursor at an offset, or at the nearer end where there is none such.
  mutating func move(to offset: Int) {
    cursor = min(max(offset, 0), text.count)
    goalColumn = nil
  }

  /// Replaces bytes and puts the cursor behind the new ones; false where they do not fit.
  @discardableResult
  mutating func replace(_ range: Range<Int>, with bytes: [UInt8], isTyping: Bool = false) -> Bool {
    guard range.lowerBound >= 0, range.upperBound <= text.count else { return false }
    guard text.count - range.count + bytes.count <= byteLimit else { return false }
    if range.isEmpty, bytes.isEmpty { return true }
    let change = UndoLog.Change(
      offset: range.lowerBound,
      removed: Array(text[range]),
      insertedCount: bytes.count,
      cursorBefore: cursor,
      isTyping: isTyping
    )
    // A word typed is one step of undo: space starts the next one.
    undoLog.add(change, joining: !(bytes.first.map(ASCIIFolding.isBlank) ?? true))
    text.replaceSubrange(range, with: bytes)
    move(to: range.lowerBound + bytes.count)
    return true
  }

  /// Inserts bytes at the cursor; false where they do not fit.
  mutating func insert(_ bytes: [UInt8], isTyping: Bool = false) -> Bool {
    replace(cursor..<cursor, with: bytes, isTyping: isTyping)
  }

  /// Replaces the whole text and puts the cursor at its end.
  mutating func replaceAll(with bytes: [UInt8]) {
    if bytes != text { replace(0..<text.count, with: bytes) }
    move(to: text.count)
  }

  /// Removes bytes and gives them back.
  mutating func remove(_ range: Range<Int>) -> [UInt8] {
    let removed = Array(text[range])
    replace(range, with: [])
    return removed
  }

  /// Takes back the last change; false where there is none.
  mutating func undo() -> Bool {
    guard let change = undoLog.takeLast() else { return false }
    let inserted = change.offset..<(change.offset + change.insertedCount)
    text.replaceSubrange(inserted, with: change.removed)
    move(to: change.cursorBefore)
    return true
  }

  /// Moves to the line above, near the column; false on the first line.
  mutating func moveUp() -> Bool {
    let start = line.lowerBound
    guard start > 0 else { return false }
    move(toColumnOf: TextMetrics.line(at: start - 1, in: text))
    return true
  }

  /// Moves to the line below, near the column; false on the last line.
  mutating func moveDown() -> Bool {
    let end = line.upperBound
    guard end < text.count else { return false }
    move(toColumnOf: TextMetrics.line(at: end + 1, in: text))
    return true
  }

  private mutating func move(toColumnOf target: Range<Int>) {
    let column =
      goalColumn ?? TextMetrics.cells(of: line.lowerBound..<cursor, in: text)
    move(to: TextMetrics.offset(column: column, line: target, in: text))
    goalColumn = column
  }
}

/// The places that moves and kills reach from the cursor.
extension EditBuffer {
  /// The start of the character before the cursor.
  var previousUnit: Int { cursor > 0 ? TextUnit.start(before: cursor, in: text) : 0 }

  /// The end of the character at the cursor.
  var nextUnit: Int {
    cursor < text.count ? cursor + TextUnit(in: text, at: cursor).length : cursor
  }

  /// The start of the word before the cursor.
  var previousWord: Int {
    let end = backward(from: cursor) { !ASCIIFolding.isWord($0) }
    return backward(from: end, while: ASCIIFolding.isWord)
  }

  /// The end of the word behind the cursor.
  var nextWord: Int {
    let start = forward(from: cursor) { !ASCIIFolding.isWord($0) }
    return forward(from: start, while: ASCIIFolding.isWord)
  }

  /// The place behind the last space before the cursor, spaces at the cursor aside.
  var previousBlank: Int {
    let end = backward(from: cursor, while: ASCIIFolding.isBlank)
    return backward(from: end) { !ASCIIFolding.isBlank($0) }
  }

  /// The end of the line, or the start of the next one where the cursor is there.
  var killEnd: Int {
    let end = line.upperBound
    return end == cursor ? min(end + 1, text.count) : end
  }

  /// The start of the line, or the end of the one before where the cursor is there.
  var killStart: Int {
    let start = line.lowerBound
    return start == cursor ? max(start - 1, 0) : start
  }

  /// Swaps the characters around the cursor, or before it at the end of a line.
  mutating func transpose() -> Bool {
    let line = line
    let second = cursor == line.upperBound ? previousUnit : cursor
    guard second > line.lowerBound, second < line.upperBound else { return false }
    let first = TextUnit.start(before: second, in: text)
    let end = second + TextUnit(in: text, at: second).length
    guard first >= line.lowerBound, end <= line.upperBound else { return false }
    return replace(first..<end, with: Array(text[second..<end] + text[first..<second]))
  }

  private func backward(from offset: Int, while holds: (UInt8) -> Bool) -> Int {
    var place = offset
    while place > 0, holds(text[place - 1]) { place -= 1 }
    return place
  }

  private func forward(from offset: Int, while holds: (UInt8) -> Bool) -> Int {
    var place = offset
    while place < text.count, holds(text[place]) { place += 1 }
    return place
  }
}

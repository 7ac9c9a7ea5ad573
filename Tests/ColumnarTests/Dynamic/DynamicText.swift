import Columnar

/// The value that a JSON text holds, nil when it is none.
func parsedJSON(_ text: String) -> DynamicValue? {
  var writer = DynamicWriter()
  return withBytes(text) { JSONParser.parse($0, into: &writer) } ? writer.value() : nil
}

/// A value as JSON text.
func json(_ value: DynamicValue, sortedNames: Bool = false) -> String {
  value.withView { view in
    printed { view.writeJSON(into: &$0, sortedNames: sortedNames) }
  }
}

/// The value that `body` writes.
func written(_ body: (inout DynamicWriter) -> Void) -> DynamicValue {
  var writer = DynamicWriter()
  body(&writer)
  return writer.value()
}

/// Writes a random value that JSON can hold, at most `depth` containers deep.
func writeRandomValue(
  _ writer: inout DynamicWriter,
  depth: Int,
  _ numbers: inout SeededNumbers
) {
  switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &numbers) {
  case 0: writer.appendNull()
  case 1: writer.append(bool: Bool.random(using: &numbers))
  case 2:
    let shift = Int64.random(in: 0..<64, using: &numbers)
    writer.append(long: Int64(truncatingIfNeeded: numbers.next()) >> shift)
  case 3: writer.append(real: Double.random(in: -1e6...1e6, using: &numbers))
  case 4, 5: writer.append(string: randomText(&numbers))
  case 6, 7:
    writer.beginArray()
    for _ in 0..<Int.random(in: 0..<12, using: &numbers) {
      writeRandomValue(&writer, depth: depth - 1, &numbers)
    }
    writer.endArray()
  default:
    writer.beginBag()
    for index in 0..<Int.random(in: 0..<40, using: &numbers) {
      writer.appendName(randomText(&numbers) + Array("\(index)".utf8))
      writeRandomValue(&writer, depth: depth - 1, &numbers)
    }
    writer.endBag()
  }
}

/// A text of up to 40 characters, some of which JSON escapes.
func randomText(_ numbers: inout SeededNumbers) -> [UInt8] {
  let letters = Array("abcdefgh \"\\/\n\t\u{1}é漢😀xyz")
  let length = Int.random(in: 0..<40, using: &numbers)
  var text = ""
  for _ in 0..<length {
    text.append(letters[Int.random(in: 0..<letters.count, using: &numbers)])
  }
  return Array(text.utf8)
}

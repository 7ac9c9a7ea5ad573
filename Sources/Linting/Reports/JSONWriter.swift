import Columnar

/// Writes a JSON text part by part; commas come by themselves.
struct JSONWriter: ~Copyable {
  private var sink = ByteSink(capacity: 4096)
  private var needsComma = false

  /// The text so far.
  func bytes() -> [UInt8] { sink.array() }

  mutating func beginObject(_ name: StaticString? = nil) { begin(name, UInt8(ascii: "{")) }

  mutating func endObject() { end(UInt8(ascii: "}")) }

  mutating func beginArray(_ name: StaticString? = nil) { begin(name, UInt8(ascii: "[")) }

  mutating func endArray() { end(UInt8(ascii: "]")) }

  /// Writes a text, with the name of the member in an object.
  mutating func write(_ name: StaticString? = nil, _ text: String) {
    start(name)
    append(text)
  }

  mutating func write(_ name: StaticString? = nil, _ number: Int) {
    start(name)
    sink.append(text: String(number))
  }

  /// Writes a text in the one-member object that formats use for messages.
  mutating func writeMessage(_ name: StaticString, _ text: String) {
    beginObject(name)
    write("text", text)
    endObject()
  }

  mutating func endLine() { sink.append(UInt8(ascii: "\n")) }

  private mutating func begin(_ name: StaticString?, _ bracket: UInt8) {
    start(name)
    sink.append(bracket)
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    sink.append(bracket)
    needsComma = true
  }

  private mutating func start(_ name: StaticString?) {
    if needsComma { sink.append(UInt8(ascii: ",")) }
    needsComma = true
    guard let name else { return }
    sink.append(UInt8(ascii: "\""))
    sink.append(name)
    sink.append("\":")
  }

  /// Appends a text with whatever might steer a terminal escaped.
  private mutating func append(_ text: String) {
    var plain: [UInt8] = []
    plain.reserveCapacity(text.utf8.count)
    for byte in text.utf8 { plain.append(byte) }
    guard plain.contains(0x7F) else {
      return plain.withUnsafeBufferPointer { sink.append(jsonString: $0) }
    }
    sink.append(UInt8(ascii: "\""))
    let parts = plain.split(separator: 0x7F, omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index > 0 { sink.append("\\u007f") }
      var inner = ByteSink(capacity: part.count + 2)
      Array(part).withUnsafeBufferPointer { inner.append(jsonString: $0) }
      sink.append(Array(inner.array().dropFirst().dropLast()))
    }
    sink.append(UInt8(ascii: "\""))
  }
}

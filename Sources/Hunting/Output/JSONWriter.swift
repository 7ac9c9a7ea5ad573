import Columnar

/// Writes JSON texts whose shape is known: objects and arrays as nested closures.
struct JSONWriter: ~Copyable {
  private var sink = ByteSink(capacity: 4096)
  private var needsComma = false

  func bytes() -> [UInt8] { sink.array() }

  /// Writes an object as the next value.
  mutating func object(_ body: (inout JSONWriter) -> Void) { nest("{", "}", body) }

  /// Writes an array as the next value.
  mutating func array(_ body: (inout JSONWriter) -> Void) { nest("[", "]", body) }

  /// Writes a member of the object at hand; the body writes its value.
  mutating func member(_ name: String, _ body: (inout JSONWriter) -> Void) {
    separate()
    JSONText.append(name, to: &sink)
    sink.append(":")
    body(&self)
    needsComma = true
  }

  mutating func member(_ name: String, _ text: String) { member(name) { $0.value(text) } }

  mutating func member(_ name: String, _ number: Int) { member(name) { $0.value(number) } }

  /// Writes an element of the array at hand; the body writes its value.
  mutating func element(_ body: (inout JSONWriter) -> Void) {
    separate()
    body(&self)
    needsComma = true
  }

  mutating func value(_ text: String) { JSONText.append(text, to: &sink) }

  mutating func value(_ number: Int) { sink.append(text: String(number)) }

  private mutating func separate() {
    if needsComma { sink.append(",") }
    needsComma = false
  }

  private mutating func nest(
    _ open: StaticString,
    _ close: StaticString,
    _ body: (inout JSONWriter) -> Void
  ) {
    sink.append(open)
    needsComma = false
    body(&self)
    sink.append(close)
    needsComma = true
  }
}

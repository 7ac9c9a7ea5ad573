import Columnar

/// Writes JSON texts whose shape is known: objects and arrays as nested closures.
public struct JSONWriter: ~Copyable {
  private var sink = ByteSink(capacity: 4096)
  private var needsComma = false

  public init() {}

  /// The text so far.
  public func bytes() -> [UInt8] { sink.array() }

  /// Writes an object, as a member where it has a name; the body writes its members.
  public mutating func object(_ name: StaticString? = nil, _ body: (inout JSONWriter) -> Void) {
    start(name)
    nest("{", "}", body)
  }

  /// Writes an array, as a member where it has a name; the body writes its elements.
  public mutating func array(_ name: StaticString? = nil, _ body: (inout JSONWriter) -> Void) {
    start(name)
    nest("[", "]", body)
  }

  /// Writes an array of the same, as a member where it has a name; the body writes each element.
  public mutating func array<Element>(
    _ name: StaticString? = nil,
    _ elements: [Element],
    _ body: (Element, inout JSONWriter) -> Void
  ) {
    array(name) { json in
      for element in elements { body(element, &json) }
    }
  }

  /// Writes a member that is a text.
  public mutating func write(_ name: StaticString, _ text: String) {
    start(name)
    JSONText.append(text, to: &sink)
  }

  /// Writes a member that is a number.
  public mutating func write(_ name: StaticString, _ number: Int) {
    start(name)
    sink.append(text: String(number))
  }

  /// Writes an element that is a text.
  public mutating func write(_ text: String) {
    start(nil)
    JSONText.append(text, to: &sink)
  }

  /// Writes an element that is a number.
  public mutating func write(_ number: Int) {
    start(nil)
    sink.append(text: String(number))
  }

  /// Ends a line between values, for people who look at the text.
  public mutating func endLine() { sink.append("\n") }

  private mutating func start(_ name: StaticString?) {
    if needsComma { sink.append(",") }
    needsComma = true
    guard let name else { return }
    sink.append("\"")
    sink.append(name)
    sink.append("\":")
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

import Columnar
import KQLFunctions
import Testing

/// A call of a declared function with constants, and the text of its result.
struct FunctionCase: CustomTestStringConvertible, Sendable {
  let name: String
  let arguments: [Scalar]
  let expected: String

  init(_ name: String, _ arguments: [Scalar], _ expected: String) {
    self.name = name
    self.arguments = arguments
    self.expected = expected
  }

  var testDescription: String { "\(name) \(expected)" }

  /// Evaluates the call over constants and over rows and compares both with the expectation.
  func check() throws {
    let runner = try FunctionRunner(name)
    let constants = arguments.map { Vector(constant: $0, count: 2) }
    #expect(try text(runner(constants, count: 2), 1) == expected, "\(name) of constants")
    guard !arguments.isEmpty else { return }
    let rows = arguments.map { Vector.of($0.type, [$0, .missing($0.type), $0]) }
    #expect(try text(runner(rows, count: 3), 2) == expected, "\(name) of rows")
  }

  private func text(_ vector: Vector, _ row: Int) throws -> String {
    if vector.isNull(at: row) { return "null" }
    let value = Vector(constant: vector.scalar(at: row), count: 1)
    guard case .string(let text) = try FunctionRunner("tostring")([value], count: 1).scalar(at: 0)
    else { return "?" }
    return text.text
  }
}

extension Scalar {
  /// A dynamic value of JSON text.
  static func json(_ text: String) -> Scalar {
    var writer = DynamicWriter()
    Array(text.utf8).withUnsafeBufferPointer {
      JSONParser.parseOrKeep($0, into: &writer)
    }
    let value = writer.value()
    return value.kind == .null ? .null(.dynamic) : .dynamic(value)
  }

  /// An instant of its text; null where the text is none.
  static func date(_ text: String) -> Scalar {
    DateTime(parsing: Array(text.utf8)).map { .datetime($0) } ?? .null(.datetime)
  }

  /// A time span of its text; null where the text is none.
  static func span(_ text: String) -> Scalar {
    TimeSpan(parsing: Array(text.utf8)).map { .timespan($0) } ?? .null(.timespan)
  }
}

import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// The value of an expression that binding itself must know: literals, their conversions and
  /// `strcat` of them; nil for all else.
  func constant(_ value: BoundScalar) -> Scalar? {
    guard value.isConstant, value.type != .unknown, value.weight < 200 else { return nil }
    return Self.constant(value.expression)
  }

  private static func constant(_ expression: Expression) -> Scalar? {
    switch expression {
    case .literal(let value): return value
    case .call(let call): return constant(call)
    case .column, .scalarSubquery, .membership: return nil
    }
  }

  private static func constant(_ call: Call) -> Scalar? {
    let arguments = call.arguments.compactMap(constant)
    guard arguments.count == call.arguments.count else { return nil }
    switch call.function {
    case "strcat":
      let texts = arguments.compactMap(plainText)
      guard texts.count == arguments.count else { return nil }
      return .string(ByteString(texts.joined()))
    case "tostring":
      return arguments.first.flatMap(plainText).map { .string(ByteString($0)) }
    case "tolower", "toupper":
      guard case .string(let text)? = arguments.first, text.bytes.allSatisfy({ $0 < 0x80 }) else {
        return nil
      }
      let folded = call.function == "tolower" ? text.text.lowercased() : text.text.uppercased()
      return .string(ByteString(folded))
    case "UnaryMinus":
      if case .long(let number)? = arguments.first { return .long(0 &- number) }
      return nil
    default: return nil
    }
  }

  /// The text of a value as it is written in a query.
  static func writtenText(_ value: Scalar) -> String? {
    if case .bool(let truth) = value { return truth ? "true" : "false" }
    return plainText(value)
  }

  /// The plain text of a value whose text form is beyond doubt.
  static func plainText(_ value: Scalar) -> String? {
    switch value {
    case .string(let text): text.text
    case .long(let number): String(number)
    case .int(let number): String(number)
    case .bool(let truth): truth ? "True" : "False"
    case .real(let number): "\(number)"
    default: nil
    }
  }
}

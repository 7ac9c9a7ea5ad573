import Columnar

extension Expression {
  /// The expression as `explain` prints it: calls by function name, columns by their number.
  public func text(_ names: [ColumnID: String]) -> String {
    switch self {
    case .literal(let value): return value.explanation
    case .column(let id, _): return names[id] ?? "#\(id.number)"
    case .call(let call):
      return "\(call.function)(\(call.arguments.map { $0.text(names) }.joined(separator: ", ")))"
    case .scalarSubquery(let query): return "toscalar(subquery \(query.id))"
    case .membership(let membership):
      return "\(membership.function)(\(membership.operand.text(names)), subquery \(membership.id))"
    }
  }
}

extension Scalar {
  /// The value as `explain` prints it; long texts are cut.
  var explanation: String {
    switch self {
    case .null(let type): return "\(type.name)(null)"
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return "int(\(value))"
    case .long(let value): return String(value)
    case .real(let value): return "\(value)"
    case .string(let value):
      let shown = value.text.prefix(60).map { $0.isNewline || $0 == "\u{1B}" ? " " : $0 }
      return "'\(String(shown))\(value.bytes.count > 60 ? "…" : "")'"
    case .datetime(let value): return "datetime(ticks \(value.ticks))"
    case .timespan(let value): return "timespan(ticks \(value.ticks))"
    case .decimal: return "decimal(…)"
    case .guid: return "guid(…)"
    case .dynamic: return "dynamic(…)"
    }
  }
}

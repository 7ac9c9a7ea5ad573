import Columnar

extension Expression {
  /// The expression as `explain` prints it: calls by function name, columns by their name.
  ///
  /// One test over many columns is printed once. Without `listsColumns` it does not say which
  /// they are, so that the same test over different tables reads the same.
  public func text(_ names: [ColumnID: String], listsColumns: Bool = true) -> String {
    switch self {
    case .literal(let value): return value.explanation
    case .column(let id, _): return names[id] ?? "#\(id.number)"
    case .call(let call):
      if let folded = call.repeatedTest(names, listsColumns: listsColumns) { return folded }
      let arguments = call.arguments.map { $0.text(names, listsColumns: listsColumns) }
      return "\(call.function)(\(arguments.joined(separator: ", ")))"
    case .scalarSubquery(let query): return "toscalar(subquery \(query.id))"
    case .membership(let membership):
      let operand = membership.operand.text(names, listsColumns: listsColumns)
      return "\(membership.function)(\(operand), subquery \(membership.id))"
    }
  }
}

extension Call {
  /// How many columns a test must be over to be printed once.
  private static let columnsOfRepeatedTest = 5

  /// `any of its 57 columns: Has(·, 'x')` for a chain of one test over many columns.
  fileprivate func repeatedTest(_ names: [ColumnID: String], listsColumns: Bool) -> String? {
    let fewest = listsColumns ? Self.columnsOfRepeatedTest : 2
    guard function == "Or" || function == "And", arguments.count >= fewest else { return nil }
    var test: String?
    var columns: [String] = []
    for argument in arguments {
      let ids = argument.columnIDs
      guard let id = ids.first, ids.count == 1 else { return nil }
      let text = argument.text([id: "·"]).replacing("tostring(·)", with: "·")
      guard test == nil || test == text else { return nil }
      test = text
      columns.append(names[id] ?? "#\(id.number)")
    }
    guard let test else { return nil }
    let quantity = function == "Or" ? "any" : "all"
    guard listsColumns else { return "\(quantity) of the columns: \(test)" }
    return "\(quantity) of \(ListText.cut(columns, to: 3)): \(test)"
  }
}

/// Prints lists that may be long.
enum ListText {
  /// The first items and how many more there are.
  static func cut(_ items: [String], to limit: Int) -> String {
    guard items.count > limit + 1 else { return items.joined(separator: ", ") }
    let shown = items.prefix(limit).joined(separator: ", ")
    return "\(shown) and \(items.count - limit) more"
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

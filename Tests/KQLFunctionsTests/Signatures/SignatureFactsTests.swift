import Columnar
import KQLFunctions
import Testing

/// Holds the resolver against recorded verdicts of the official binder.
///
/// A fact is a call and what it yields: columns as `name:type` (`?` without a name of its own), or
/// the codes of its refusal. An argument is a column by the first letters of its type (`b i l r m
/// s dt ts g d`), `~l` an expression of that type, `^l` a constant one, `#dt` a literal of a type,
/// `3`, `2.5`, `true` and `'a'` literals, `<long>` a type literal, `*` itself.
struct SignatureFactsTests {
  private static let columnTypes: [(name: String, type: ScalarType)] = [
    ("b", .bool), ("i", .int), ("l", .long), ("r", .real), ("m", .decimal), ("s", .string),
    ("dt", .datetime), ("ts", .timespan), ("g", .guid), ("d", .dynamic),
  ]

  private static let context = CallContext(
    rowColumns: columnTypes.map { CallColumn($0.name, $0.type) }
  )

  @Test func functionsYieldWhatTheOfficialBinderSays() throws {
    try check(FunctionFacts.text, SymbolCatalog.function)
  }

  @Test func aggregatesYieldWhatTheOfficialBinderSays() throws {
    try check(AggregateFacts.text, SymbolCatalog.aggregate)
  }

  @Test func operatorsYieldWhatTheOfficialBinderSays() throws {
    let letters = Array(OperatorFacts.types)
    let types = Self.columnTypes.map(\.type)
    for (name, rows) in operatorTables() {
      try #require(rows.count == types.count, "\(name)")
      for (left, row) in zip(types, rows) {
        let found = try types.map { right -> Character in
          let call = try #require(SignatureResolver.resolve(operator: name, [left, right]))
          guard call.isValid, let type = call.result.scalarType,
            let index = types.firstIndex(of: type)
          else { return "." }
          return letters[index]
        }
        #expect(String(found) == row, "\(left.name) \(name)")
      }
    }
  }

  private func operatorTables() -> [(String, [String])] {
    var tables: [(String, [String])] = []
    for line in OperatorFacts.text.split(separator: "\n") {
      if line.first == " " {
        tables[tables.count - 1].1 += line.split(separator: " ").map(String.init)
      } else {
        tables.append((String(line), []))
      }
    }
    return tables
  }

  private func check(_ text: String, _ find: (String) -> FunctionSymbol?) throws {
    var count = 0
    for line in text.split(separator: "\n") {
      for fact in line.split(separator: ";") {
        try checkFact(fact.drop { $0 == " " }, find)
        count += 1
      }
    }
    #expect(count > 150)
  }

  private func checkFact(_ fact: Substring, _ find: (String) -> FunctionSymbol?) throws {
    let open = try #require(fact.firstIndex(of: "("))
    let close = try #require(fact.lastIndex(of: ")"))
    let name = String(fact[..<open])
    let symbol = try #require(find(name), "\(name)")
    let texts = fact[fact.index(after: open)..<close].split(separator: ",")
    let arguments = try texts.map(argument)
    let call = SignatureResolver.resolve(symbol, arguments, context: Self.context)
    let expected = fact[fact.index(after: close)...].split(separator: " ").joined(separator: " ")
    #expect(outcome(call, arguments) == expected, "\(fact)")
  }

  private func outcome(_ call: ResolvedCall, _ arguments: [CallArgument]) -> String {
    if !call.isValid { return call.problems.map(\.code).joined(separator: ",") }
    switch call.result {
    case .scalar(let type):
      let name = call.symbol.resultName(arguments) ?? "?"
      return name + ":" + (type?.name ?? "unknown")
    case .columns(let columns), .table(let columns, isOpen: _):
      return columns.map { $0.name + ":" + ($0.type?.name ?? "unknown") }.joined(separator: " ")
    case .entity(let kind): return kind.rawValue
    }
  }

  private func argument(_ text: Substring) throws -> CallArgument {
    switch text.first {
    case "*": return CallArgument(.star)
    case "~": return .expression(try type(text.dropFirst()))
    case "^": return CallArgument(.scalar(try type(text.dropFirst())), isConstant: true)
    case "#": return .literal(try type(text.dropFirst()), "x")
    case "'": return .literal(.string, String(text.dropFirst().dropLast()))
    case "<":
      return CallArgument(.typeLiteral(ScalarType(name: String(text.dropFirst().dropLast()))))
    default:
      if text == "true" { return .literal(.bool, "true") }
      if text.first?.isNumber ?? false {
        return .literal(text.contains(".") ? .real : .long, String(text))
      }
      return .column(String(text), try type(text))
    }
  }

  private func type(_ name: Substring) throws -> ScalarType {
    try #require(Self.columnTypes.first { $0.name == name }, "\(name)").type
  }
}

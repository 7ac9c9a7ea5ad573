import Columnar

/// Numbers expressions so that those of one form, wherever they stand, have one number, and counts
/// the places at which the value of each is needed.
struct ExpressionNumbering {
  private enum Form: Hashable {
    /// Reals by their bits: 0 and -0 are two.
    case real(UInt64)
    case literal(Scalar)
    case column(ColumnID)
    case call(String, [Int], ScalarType)
    case subquery(Int)
    case membership(String, operand: Int, plan: Int)
    /// Gives another value each time.
    case volatile(Int)
  }

  /// What is known of a form.
  private struct Entry {
    let expression: Expression
    let readsColumns: Bool
    var uses = 0
  }

  private var numbers: [Form: Int] = [:]
  private var entries: [Entry] = []

  /// Counts a place at which the value of an expression is needed.
  mutating func note(_ expression: Expression) {
    let number = number(of: expression)
    entries[number].uses += 1
  }

  /// The number of an expression.
  mutating func number(of expression: Expression) -> Int {
    switch expression {
    case .literal(.real(let value)): entry(.real(value.bitPattern), expression, [])
    case .literal(let value): entry(.literal(value), expression, [])
    case .column(let id, _): entry(.column(id), expression, [])
    case .scalarSubquery(let query): entry(.subquery(query.id), expression, [])
    case .membership(let test):
      number(of: test.operand, in: expression) {
        .membership(test.function, operand: $0, plan: test.id)
      }
    case .call(let call):
      number(of: call, expression)
    }
  }

  private mutating func number(
    of operand: Expression,
    in whole: Expression,
    _ form: (Int) -> Form
  ) -> Int {
    let operand = number(of: operand)
    return entry(form(operand), whole, [operand])
  }

  private mutating func number(of call: Call, _ expression: Expression) -> Int {
    let operands = call.arguments.map { number(of: $0) }
    let form: Form =
      call.isVolatile
      ? .volatile(entries.count) : .call(call.function, operands, call.type)
    return entry(form, expression, operands)
  }

  private mutating func entry(_ form: Form, _ expression: Expression, _ operands: [Int]) -> Int {
    if let known = numbers[form] { return known }
    if case .volatile = form {} else { for operand in operands { entries[operand].uses += 1 } }
    var readsColumns = operands.contains { entries[$0].readsColumns }
    if case .column = expression { readsColumns = true }
    numbers[form] = entries.count
    entries.append(Entry(expression: expression, readsColumns: readsColumns))
    return entries.count - 1
  }

  /// Whether a number is that of a computation over columns that several places need.
  func isShared(_ number: Int) -> Bool {
    let entry = entries[number]
    guard entry.uses > 1, entry.readsColumns else { return false }
    switch entry.expression {
    case .call, .membership: return true
    case .literal, .column, .scalarSubquery: return false
    }
  }

  /// The expression of a number.
  func expression(_ number: Int) -> Expression { entries[number].expression }
}

extension Call {
  /// Functions that give another value each time.
  private static let volatileFunctions: Set<String> = ["rand", "new_guid"]

  /// Whether the function gives another value each time.
  var isVolatile: Bool { Self.volatileFunctions.contains(function) }
}

import Columnar
import QueryPlan
import SourceText

/// The calls of a bound query by the place of their operator in the text.
///
/// An operator in a function that is called twice has two.
struct BoundCalls: Sendable {
  private var bySpan: [SourceSpan: [Call]] = [:]
  /// All scans with the plans in expressions, each shared plan once.
  private(set) var scans: [TableScan] = []
  private var seen: Set<Int> = []

  init(_ plans: [Plan]) {
    for plan in plans { collect(plan) }
  }

  /// The calls whose operator or name is at a place; none where that is not known.
  func at(_ span: SourceSpan) -> [Call] { bySpan[span] ?? [] }

  private mutating func collect(_ plan: Plan) {
    if case .shared(let reference) = plan, !seen.insert(reference.shared.id).inserted { return }
    if case .scan(let scan) = plan { scans.append(scan) }
    for expression in plan.expressions { collect(expression) }
    for input in plan.inputs { collect(input) }
  }

  private mutating func collect(_ expression: Expression) {
    switch expression {
    case .literal, .column: return
    case .call(let call):
      bySpan[call.span, default: []].append(call)
      for argument in call.arguments { collect(argument) }
    case .scalarSubquery(let query): collect(query.plan)
    case .membership(let test):
      collect(test.operand)
      collect(test.plan)
    }
  }
}

extension Call {
  /// Whether the call has an operand of a type at a position.
  func takes(_ type: ScalarType, at position: Int) -> Bool {
    position < arguments.count && arguments[position].type == type
  }

  /// Whether the first operand is a column of text as it is.
  var searchesColumn: Bool {
    if case .column(_, .string) = arguments.first { true } else { false }
  }

  /// Whether both operands are booleans as they are.
  var comparesBooleans: Bool {
    arguments.count == 2
      && arguments.allSatisfy { argument in
        if case .call(let conversion) = argument, conversion.function == "tobool" {
          return conversion.takes(.bool, at: 0)
        }
        return argument.type == .bool
      }
  }
}

import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  func bindRange(_ node: SyntaxNode) -> BoundTable {
    guard let label = node.child(.name) else { return failedTable() }
    let from = node.child(.from).map(bindConstant) ?? .failed
    let to = node.child(.to).map(bindConstant) ?? .failed
    let step = node.child(.step).map(bindConstant) ?? .failed
    let type = rangeType(from, to, step)
    let column = freshColumn(name(label), type)
    let target = type.plan
    let stepType: ScalarType = target == .datetime ? .timespan : target
    let range = RangeSource(
      column: column,
      from: convert(from, to: target).expression,
      to: convert(to, to: target).expression,
      step: convert(step, to: stepType).expression
    )
    var table = BoundTable(.range(range), columns: [column])
    table.isSerialized = true
    return table
  }

  private func rangeType(
    _ from: BoundScalar,
    _ to: BoundScalar,
    _ step: BoundScalar
  ) -> BoundType {
    guard case .scalar(let first) = from.type, case .scalar(let last) = to.type else {
      return from.type
    }
    guard first.isNumeric, last.isNumeric else { return from.type }
    var type = Self.widest(first, last)
    if case .scalar(let stride) = step.type, stride.isNumeric {
      type = Self.widest(type, stride)
    }
    return .scalar(type)
  }
}

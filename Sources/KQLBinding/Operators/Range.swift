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
    checkRange(node, from, to, step)
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

  /// Reports ends and steps that cannot be added, or not to each other.
  private func checkRange(
    _ node: SyntaxNode,
    _ from: BoundScalar,
    _ to: BoundScalar,
    _ step: BoundScalar
  ) {
    var areSummable = true
    for (role, value) in [(SyntaxRole.from, from), (.to, to), (.step, step)] {
      guard let part = node.child(role), !Self.isSummable(value.type) else { continue }
      report(.summableExpected(at: span(part)))
      areSummable = false
    }
    guard areSummable, case .scalar(let first) = from.type else { return }
    for (role, value) in [(SyntaxRole.to, to), (.step, step)] {
      guard let part = node.child(role), case .scalar(let type) = value.type else { continue }
      let isStepOfTime = role == .step && first == .datetime && type == .timespan
      let goes =
        first.isNumeric ? type.isNumeric : type == first && (role == .to || type != .datetime)
      if goes || isStepOfTime { continue }
      report(.operatorUndefined("range", [from.type, value.type], at: span(part)))
    }
  }

  private static func isSummable(_ type: BoundType) -> Bool {
    guard case .scalar(let type) = type else { return true }
    return type.isNumeric || type == .datetime || type == .timespan
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

/// Puts shared plans that are not kept in the place of their references, so that filters and
/// pruning reach into them.
enum SharedInlining {
  /// Plans that would grow beyond this many operators are left as they are.
  private static let sizeLimit = 5_000

  static func apply(_ plan: Plan) -> Plan {
    if plan.size(limit: sizeLimit) >= sizeLimit { return plan }
    return inline(plan)
  }

  private static func inline(_ plan: Plan) -> Plan {
    guard case .shared(let reference) = plan, !reference.shared.isMaterialized else {
      return plan.replacingInputs(inline)
    }
    let inner = inline(reference.shared.plan)
    let renamed = zip(reference.columns, inner.columns).map { column, source in
      NamedExpression(column, .column(source.id, source.type))
    }
    return .project(Project(input: inner, expressions: renamed))
  }
}

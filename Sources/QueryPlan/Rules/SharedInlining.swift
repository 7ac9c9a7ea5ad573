/// Decides which shared plans are run once and kept, and puts the others in the place of their
/// references, so that filters and pruning reach into them.
struct SharedInlining {
  /// Plans that would grow beyond this many operators are left as they are.
  private static let sizeLimit = 5_000

  /// Plans that several references read and that are worth keeping, by id.
  private var kept: [Int: SharedPlan] = [:]

  /// All plans that nobody asked to materialize put in place.
  static func apply(_ plan: Plan) -> Plan { SharedInlining().inlineWhole(plan) }

  /// The same, but for plans that are worth keeping.
  static func choosing(_ plan: Plan) -> Plan {
    var census = SharedCensus()
    census.visit(plan)
    var inlining = SharedInlining()
    for shared in census.plans where census.uses[shared.id, default: 0] > 1 {
      guard !shared.isMaterialized, shared.plan.isWorthKeeping else { continue }
      inlining.kept[shared.id] = shared.replacing(shared.plan, keeping: .chosen)
    }
    return inlining.inlineWhole(plan)
  }

  private func inlineWhole(_ plan: Plan) -> Plan {
    if plan.size(limit: Self.sizeLimit) >= Self.sizeLimit { return plan }
    return inline(plan)
  }

  private func inline(_ plan: Plan) -> Plan {
    guard case .shared(let reference) = plan, !reference.shared.isMaterialized else {
      return plan.replacingInputs(inline)
    }
    if let kept = kept[reference.shared.id] { return .shared(reference.with { $0.shared = kept }) }
    let inner = inline(reference.shared.plan)
    let renamed = zip(reference.columns, reference.sources).map { column, source in
      let origin = inner.columns[source]
      return NamedExpression(column, .column(origin.id, origin.type))
    }
    return .project(Project(input: inner, expressions: renamed))
  }
}

/// Counts references to shared plans.
struct SharedCensus {
  private(set) var uses: [Int: Int] = [:]
  private(set) var plans: [SharedPlan] = []

  mutating func visit(_ plan: Plan) {
    if case .shared(let reference) = plan {
      uses[reference.shared.id, default: 0] += 1
      if uses[reference.shared.id] != 1 { return }
      plans.append(reference.shared)
    }
    for subplan in plan.subplans { visit(subplan) }
    for input in plan.inputs { visit(input) }
  }
}

extension Plan {
  /// The plans in the operator's expressions.
  var subplans: [Plan] {
    var found: [Plan] = []
    _ = replacingExpressions { expression in
      found += expression.subplans
      return expression
    }
    return found
  }

  /// Whether a plan that is read twice had better run once: its rows are made of whole inputs, so
  /// that nothing above could make it read less, and come out the same each time.
  fileprivate var isWorthKeeping: Bool {
    switch self {
    case .summarize, .top, .makeSeries, .window, .partition: isRepeatable
    case .filter, .project, .sort, .take, .serialize, .render, .parse, .parseKeyValues, .expand:
      inputs.allSatisfy(\.isWorthKeeping) && isRepeatable
    case .join, .union: inputs.contains(where: \.isWorthKeeping) && isRepeatable
    default: false
    }
  }

  /// Whether each run gives the same rows, and needs none of an operator above.
  fileprivate var isRepeatable: Bool {
    switch self {
    case .subqueryInput, .sample, .staged, .refused: return false
    default:
      var isStable = true
      _ = replacingExpressions { expression in
        isStable = isStable && expression.isStable
        return expression
      }
      return isStable && inputs.allSatisfy(\.isRepeatable)
    }
  }
}

extension Expression {
  /// Whether the expression gives the same value each time.
  fileprivate var isStable: Bool {
    switch self {
    case .literal, .column: true
    case .call(let call): !call.isVolatile && call.arguments.allSatisfy(\.isStable)
    case .scalarSubquery, .membership: subplans.allSatisfy(\.isRepeatable)
    }
  }
}

import Columnar

/// Moves filters towards the sources, past operators that do not change what they see.
enum FilterPushdown {
  static func apply(_ plan: Plan) -> Plan { push([], into: plan) }

  /// The plan with conditions on its output placed as low as they may stand.
  private static func push(_ conditions: [Expression], into plan: Plan) -> Plan {
    switch plan {
    case .filter(let filter):
      return push(filter.predicate.conjuncts + conditions, into: filter.input)
    case .project(let project): return push(conditions, through: project)
    case .sort(let sort):
      return .sort(Sort(input: push(conditions, into: sort.input), keys: sort.keys))
    case .union(let union): return push(conditions, through: union)
    case .join(let join): return push(conditions, through: join)
    case .expand(let expand): return push(conditions, through: expand)
    default:
      return Filter.over(plan.replacingInputs(apply), conditions)
    }
  }

  private static func push(_ conditions: [Expression], through project: Project) -> Plan {
    var meaning: [ColumnID: Expression] = [:]
    for item in project.expressions { meaning[item.column.id] = item.expression }
    let split = partition(conditions) { condition in
      condition.columnIDs.allSatisfy { id in
        meaning[id].map { $0.isFreeToRepeat } ?? false
      }
    }
    let lower = split.yes.map { $0.substituting(meaning) }
    let input = push(lower, into: project.input)
    return Filter.over(
      .project(Project(input: input, expressions: project.expressions)),
      split.no
    )
  }

  private static func push(_ conditions: [Expression], through union: Union) -> Plan {
    let outputs = Set(union.outputs.map(\.id))
    let split = partition(conditions) { $0.columnIDs.isSubset(of: outputs) }
    let legs = union.legs.map { leg -> UnionLeg in
      var meaning: [ColumnID: Expression] = [:]
      for (output, source) in zip(union.outputs, leg.sources) {
        meaning[output.id] =
          source.map { .column($0, output.type) } ?? .literal(.missing(output.type))
      }
      let lower = split.yes.map { $0.substituting(meaning) }
      return UnionLeg(plan: push(lower, into: leg.plan), sources: leg.sources, name: leg.name)
    }
    return Filter.over(
      .union(Union(legs: legs, outputs: union.outputs, sourceColumn: union.sourceColumn)),
      split.no
    )
  }

  private static func push(_ conditions: [Expression], through join: Join) -> Plan {
    let left = Set(join.left.columns.map(\.id))
    let right = Set(join.right.columns.map(\.id))
    let toLeft = partition(conditions) {
      join.kind.passesLeftFilters && !$0.columnIDs.isEmpty && $0.columnIDs.isSubset(of: left)
    }
    let toRight = partition(toLeft.no) {
      join.kind.passesRightFilters && !$0.columnIDs.isEmpty && $0.columnIDs.isSubset(of: right)
    }
    let moved = Join(
      left: push(toLeft.yes, into: join.left),
      right: push(toRight.yes, into: join.right),
      kind: join.kind,
      keys: join.keys,
      columns: join.columns
    )
    return Filter.over(.join(moved), toRight.no)
  }

  private static func push(_ conditions: [Expression], through expand: Expand) -> Plan {
    var made = Set(expand.expansions.map(\.column.id))
    if let index = expand.indexColumn { made.insert(index.id) }
    let split = partition(conditions) { $0.columnIDs.isDisjoint(with: made) }
    let moved = Expand(
      input: push(split.yes, into: expand.input),
      expansions: expand.expansions,
      bagExpansion: expand.bagExpansion,
      indexColumn: expand.indexColumn,
      limit: expand.limit,
      columns: expand.columns
    )
    return Filter.over(.expand(moved), split.no)
  }

  private static func partition(
    _ conditions: [Expression],
    _ test: (Expression) -> Bool
  ) -> (yes: [Expression], no: [Expression]) {
    (conditions.filter(test), conditions.filter { !test($0) })
  }
}

extension JoinKind {
  /// Whether a filter on left columns may run before the join.
  ///
  /// Not for `innerunique`: which left row of a key survives would change.
  fileprivate var passesLeftFilters: Bool {
    switch self {
    case .inner, .leftOuter, .leftSemi, .leftAnti: true
    case .innerUnique, .rightOuter, .fullOuter, .rightSemi, .rightAnti: false
    }
  }

  /// Whether a filter on right columns may run before the join.
  fileprivate var passesRightFilters: Bool {
    switch self {
    case .inner, .innerUnique, .rightOuter, .rightSemi, .rightAnti: true
    case .leftOuter, .fullOuter, .leftSemi, .leftAnti: false
    }
  }
}

extension Expression {
  /// Whether computing it a second time costs little and gives the same value.
  fileprivate var isFreeToRepeat: Bool {
    switch self {
    case .literal, .column: true
    case .call(let call): !call.isVolatile && call.isCheap
    case .scalarSubquery, .membership: false
    }
  }
}

extension Call {
  /// Whether every part is a plain conversion or arithmetic over columns.
  fileprivate var isCheap: Bool {
    let cheap: Set<String> = [
      "Add", "Subtract", "bin", "tolong", "toint", "tostring", "Member", "startofday",
    ]
    return cheap.contains(function) && arguments.allSatisfy { $0.isFreeToRepeat }
  }
}

/// Makes one projection of two where the upper one hands on what the lower one computes.
///
/// `extend a = … | extend b = …` becomes one operator, in which common parts of both are found.
enum ProjectFusion {
  static func apply(_ plan: Plan) -> Plan {
    let rewritten = plan.replacingInputs(apply)
    guard case .project(let upper) = rewritten, case .project(let lower) = upper.input,
      let expressions = fused(upper, lower)
    else { return rewritten }
    return .project(Project(input: lower.input, expressions: expressions))
  }

  /// The upper expressions over the lower one's input; nil where that would compute anything twice
  /// or nest it deeper.
  private static func fused(_ upper: Project, _ lower: Project) -> [NamedExpression]? {
    var meaning: [ColumnID: Expression] = [:]
    var computed: Set<ColumnID> = []
    for item in lower.expressions {
      meaning[item.column.id] = item.expression
      if !item.expression.isColumnOrLiteral { computed.insert(item.column.id) }
    }
    var handedOn: Set<ColumnID> = []
    for item in upper.expressions {
      if case .column(let id, _) = item.expression {
        if computed.contains(id), !handedOn.insert(id).inserted { return nil }
      } else if !item.expression.columnIDs.isDisjoint(with: computed) {
        return nil
      }
    }
    return upper.expressions.map {
      NamedExpression($0.column, $0.expression.substituting(meaning))
    }
  }
}

extension Expression {
  fileprivate var isColumnOrLiteral: Bool {
    switch self {
    case .literal, .column: true
    case .call, .scalarSubquery, .membership: false
    }
  }
}

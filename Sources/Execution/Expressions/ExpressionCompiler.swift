import Columnar
import KQLFunctions
import QueryPlan
import SourceText

/// Compiles bound expressions for one worker over batches of one layout.
struct ExpressionCompiler {
  let layout: ColumnLayout
  let context: ExecutionContext

  /// Compiles an expression; throws where it needs what does not run here.
  func compile(_ expression: Expression) throws -> any ExpressionNode {
    switch expression {
    case .literal(let value): return ConstantNode(value)
    case .column(let id, _):
      guard let position = layout.position(of: id) else {
        throw QueryFailure(.evaluation, "a column of the plan is missing from its input")
      }
      return ColumnNode(position)
    case .call(let call): return try compile(call)
    case .scalarSubquery(let query): return ConstantNode(try value(of: query))
    case .membership(let membership): return try compile(membership)
    }
  }

  private func compile(_ call: Call) throws -> any ExpressionNode {
    let arguments = try call.arguments.map(compile)
    if call.function == "And" || call.function == "Or" {
      return LogicNode(
        try arguments.enumerated().map { index, node in
          try convert(node, from: call.arguments[index].type, to: .bool, call.span)
        },
        isAnd: call.function == "And"
      )
    }
    guard let function = FunctionCatalog.scalar(call.function) else {
      let what = "the function '\(call.function)' is known but does not run here"
      throw QueryFailure(
        .unsupported,
        FunctionCatalog.refusalReason(call.function).map { "\(what): \($0)" } ?? what + " yet",
        range: call.span.range
      )
    }
    let types = call.arguments.map(\.type)
    guard let choice = KernelResolution.choose(function, types) else {
      let names = types.map(\.name).joined(separator: ", ")
      throw QueryFailure(
        .unsupported,
        "the function '\(call.function)' does not run over (\(names)) here yet",
        range: call.span.range
      )
    }
    let converted = try arguments.enumerated().map { index, node in
      guard let target = choice.conversions[index] else { return node }
      return try convert(node, from: types[index], to: target, call.span)
    }
    let made = choice.kernel.result ?? call.type
    let node = try fold(
      CallNode(
        kernel: choice.kernel,
        arguments: converted,
        resultType: made,
        site: site(call.span),
        isDeterministic: function.isDeterministic
      )
    )
    return try convert(node, from: made, to: call.type, call.span)
  }

  /// Converts values implicitly, as the conversion function of the target type does.
  private func convert(
    _ node: any ExpressionNode,
    from type: ScalarType,
    to target: ScalarType,
    _ span: SourceSpan
  ) throws -> any ExpressionNode {
    if type == target { return node }
    if let constant = node as? ConstantNode, constant.value.isNull {
      return ConstantNode(.missing(target))
    }
    let name = FunctionCatalog.conversion(to: target)
    guard let function = FunctionCatalog.scalar(name),
      let choice = KernelResolution.choose(function, [type]), choice.conversions == [nil]
    else {
      throw QueryFailure(
        .unsupported,
        "a conversion of \(type.name) to \(target.name) does not run here",
        range: span.range
      )
    }
    return try fold(
      CallNode(
        kernel: choice.kernel,
        arguments: [node],
        resultType: target,
        site: site(span),
        isDeterministic: true
      )
    )
  }

  /// Replaces a call of constants by its value.
  private func fold(_ node: CallNode) throws -> any ExpressionNode {
    guard node.isConstant else { return node }
    let value = try node.evaluate(Batch(columns: [], count: 1))
    return ConstantNode(value.scalar(at: 0))
  }

  private func site(_ span: SourceSpan) -> CallSite {
    CallSite(constants: context.constants, range: span.range)
  }

  private func value(of query: ScalarSubquery) throws -> Scalar {
    if let known = context.shared.scalar(query.id) { return known }
    let batches = try PlanCompiler(context: context).compile(query.plan).collect(context)
    let first = batches.first { $0.count > 0 }
    let value = first?.columns.first?.scalar(at: 0) ?? .missing(query.type)
    context.shared.keep(scalar: value, for: query.id)
    return value
  }

  /// The distinct values of the first column of a subquery.
  private func compile(_ membership: Membership) throws -> any ExpressionNode {
    let column = try firstColumn(of: membership)
    let operand = try compile(membership.operand)
    return try MembershipNode.make(
      membership,
      operand: operand,
      column: column,
      site: site(membership.span),
      budget: context.budget
    )
  }

  private func firstColumn(of membership: Membership) throws -> Vector {
    if let known = context.shared.column(membership.id) { return known }
    let flow = try PlanCompiler(context: context).compile(membership.plan)
    let type = flow.layout.columns.first?.type ?? .string
    let parts = try flow.collect(context).compactMap(\.columns.first)
    let column = parts.isEmpty ? Vector.empty(type) : Vector.concatenating(parts, type: type)
    context.shared.keep(column: column, for: membership.id)
    return column
  }
}

extension ExpressionCompiler {
  /// The value of an expression free of columns.
  func constant(_ expression: Expression) throws -> Scalar {
    let node = try compile(expression)
    if let constant = node as? ConstantNode { return constant.value }
    return try node.evaluate(Batch(columns: [], count: 1)).scalar(at: 0)
  }

  /// A whole number free of columns, such as that of `take`.
  func wholeNumber(_ expression: Expression) throws -> Int? {
    switch try constant(expression) {
    case .long(let value): Int(value)
    case .int(let value): Int(value)
    case .real(let value): Int(exactly: value.rounded(.towardZero))
    default: nil
    }
  }
}

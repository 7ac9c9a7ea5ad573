import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// Binds `a.b[0].c`: members of a dynamic value, `$left.k`, or a table of another database.
  func bindPath(_ node: SyntaxNode) -> BoundValue {
    let segments = node.children(.segment)
    guard let base = node.child(.base) else { return .scalar(.failed) }
    if let remote = bindEntityPath(base, segments, node) { return remote }
    if let side = bindSide(base, segments) { return side }
    var value: BoundScalar
    switch bindValue(base) {
    case .scalar(let scalar): value = scalar
    case .table(let table):
      if !table.isFailed { report(.scalarExpected(at: span(base))) }
      return .scalar(.failed)
    }
    for segment in segments {
      guard value.weight < 5_000 else {
        reportLimit(span(node))
        return .scalar(.failed)
      }
      value = bindSegment(segment, of: value)
    }
    return .scalar(value)
  }

  private func bindSegment(_ segment: SyntaxNode, of value: BoundScalar) -> BoundScalar {
    segment.kind == .elementSegment
      ? bindElement(segment, of: value) : bindMember(segment, of: value)
  }

  /// `.name` of a dynamic value.
  private func bindMember(_ segment: SyntaxNode, of value: BoundScalar) -> BoundScalar {
    guard let member = segment.child(.member), member.kind == .name else {
      report(.invalid("a member name expected", at: span(segment)))
      return .failed
    }
    let name = name(member)
    guard value.type.mayBe(.dynamic) else {
      if !name.isEmpty { report(.unknownMember(name, at: span(member))) }
      return .failed
    }
    return .call(
      "Member",
      [value, BoundScalar(literal: .string(ByteString(name)))],
      memberType(of: value),
      span(segment)
    )
  }

  /// `[key]` of a dynamic value.
  private func bindElement(_ segment: SyntaxNode, of value: BoundScalar) -> BoundScalar {
    guard let inner = segment.child(.expression) else { return .failed }
    guard value.type.mayBe(.dynamic) else {
      report(.elementNotAllowed(at: span(segment)))
      return .failed
    }
    var outer = frame
    outer.aggregates = nil
    let key = frame.aggregates == nil ? bindScalar(inner) : within(outer) { bindScalar(inner) }
    if case .long(let index)? = key.literal, value.parts.count > 1,
      let position = Int(exactly: index), value.parts.indices.contains(position)
    {
      // `array_sort_asc(a, b)[1]` is the second of several results.
      return value.parts[position].value
    }
    if case .string? = key.literal {
      return .call("Member", [value, key], memberType(of: value), span(segment))
    }
    switch key.type {
    case .scalar(.long), .scalar(.string), .scalar(.dynamic), .unknown:
      return .call("Element", [value, key], memberType(of: value), span(segment))
    case .scalar(.int):
      let index = convert(key, to: .long)
      return .call("Element", [value, index], memberType(of: value), span(segment))
    default:
      report(.mustHaveType(["int", "long", "string"], at: span(inner)))
      return .failed
    }
  }

  private func memberType(of value: BoundScalar) -> BoundType {
    value.type == .unknown ? .unknown : .scalar(.dynamic)
  }

  /// `$left.k` and `$right.k` of a join condition.
  private func bindSide(_ base: SyntaxNode, _ segments: [SyntaxNode]) -> BoundValue? {
    guard base.kind == .name, let columns = frame.row?.sides[name(base)] else { return nil }
    guard let first = segments.first else { return nil }
    guard let key = sideColumnName(first) else { return nil }
    guard let column = columns.first(where: { $0.name.isSameName(as: key.name) }) else {
      if frame.row?.isOpen == true {
        return .scalar(column(freshColumn(key.name, .unknown)))
      }
      let suggestion = Suggestion.nearest(to: key.name, in: columns.map(\.name))
      report(.unknownName(key.name, at: span(key.node), suggestion: suggestion))
      return .scalar(.failed)
    }
    var value = self.column(column)
    for segment in segments.dropFirst() { value = bindSegment(segment, of: value) }
    return .scalar(value)
  }

  private func sideColumnName(_ segment: SyntaxNode) -> (name: String, node: SyntaxNode)? {
    if segment.kind == .memberSegment, let member = segment.child(.member), member.kind == .name {
      return (name(member), member)
    }
    guard segment.kind == .elementSegment, let key = segment.child(.expression),
      key.kind == .stringLiteral, case .string(let text)? = bindLiteral(key)?.literal
    else { return nil }
    return (text.text, key)
  }

  /// `database("x").T`, `cluster("y").database("x").T`, `workspace("w").T`: other places, which
  /// are named but not read.
  private func bindEntityPath(
    _ base: SyntaxNode,
    _ segments: [SyntaxNode],
    _ node: SyntaxNode
  ) -> BoundValue? {
    guard base.kind == .functionCall, let callee = base.child(.name), !segments.isEmpty else {
      return nil
    }
    let place = name(callee)
    if case .pattern(let pattern)? = frame.scope.symbol(place), segments.count == 1 {
      return bindPatternCall(pattern, base, path: segments[0])
    }
    guard Self.placeFunctions.contains(place), frame.scope.symbol(place) == nil else { return nil }
    let what = "data of another place (\(frame.source.text(node.span)))"
    return .table(refusedSource(what, [], isOpen: true, node))
  }

  private static let placeFunctions: Set<String> = [
    "cluster", "database", "workspace", "app", "resource", "adx", "arg",
  ]

  /// A source that binds but does not run.
  func refusedSource(
    _ what: String,
    _ columns: [PlanColumn],
    isOpen: Bool,
    _ node: SyntaxNode
  ) -> BoundTable {
    let refused = Refused(
      what: what,
      inputs: [],
      columns: columns,
      isOpen: isOpen,
      span: span(node)
    )
    var table = BoundTable(.refused(refused), columns: columns)
    table.isOpen = isOpen
    return table
  }
}

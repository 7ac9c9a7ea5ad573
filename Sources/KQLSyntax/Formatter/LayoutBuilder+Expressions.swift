import SourceText

extension LayoutBuilder {
  /// Adds operands with operators between them; where that is too long, one operand a line.
  mutating func addChain(_ node: SyntaxNode, indents: Bool = true) {
    group { layout in
      if indents { layout.step(.indent) }
      for (index, child) in node.children.enumerated() {
        if index > 0 { layout.step(child.role == .operator ? .line : .space) }
        layout.add(child.element)
      }
      if indents { layout.step(.outdent) }
    }
  }

  /// Adds `a has b`, and `a:b` without blanks.
  mutating func addStringMatch(_ node: SyntaxNode) {
    let isTight = node.token(.operator)?.kind == .colon
    for (index, child) in node.children.enumerated() {
      if index > 0, !isTight { step(.space) }
      add(child.element)
    }
  }

  /// Adds adjacent string literals.
  mutating func addStrings(_ node: SyntaxNode) {
    guard node.children.count > 1 else { return add(node.children[0].element) }
    group { layout in
      for (index, child) in node.children.enumerated() {
        if index > 0 { layout.step(.line) }
        layout.add(child.element)
      }
    }
  }

  /// Adds `name:type = value`.
  mutating func addFunctionParameter(_ node: SyntaxNode) {
    for child in node.children {
      if child.role == .equals || child.role == .defaultValue { step(.space) }
      add(child.element)
    }
  }

  /// Adds `step name output=last: condition => a = b;`.
  mutating func addScanStep(_ node: SyntaxNode) {
    var previous = SyntaxRole.open
    for child in node.children {
      let isTight =
        previous == .open || child.role == .colon || child.role == .separator
        || child.role == .equals || previous == .equals
      if !isTight { step(.space) }
      add(child.element)
      previous = child.role
    }
  }

  /// Adds `(…)`, or a call such as `toscalar(…)`, around an expression or a pipeline.
  mutating func addParenthesized(_ node: SyntaxNode) {
    var hasKeyword = false
    for child in node.children where child.role == .keyword || child.role == .parameter {
      if hasKeyword { step(.space) }
      add(child.element)
      hasKeyword = true
    }
    if node.child(.parameter) != nil { step(.space) }
    addBrackets(node.children.filter { $0.role != .keyword && $0.role != .parameter }[...])
  }

  /// Adds a bracket, what it holds, and the bracket that closes it.
  mutating func addBrackets(_ children: ArraySlice<SyntaxChild>, perLine: Int = 1) {
    guard let open = children.first, let close = children.last, children.count > 1 else { return }
    let inner = children.dropFirst().dropLast()
    group { layout in
      layout.add(open.element)
      guard !inner.isEmpty else { return layout.add(close.element) }
      layout.brackets += 1
      layout.indented { layout in
        layout.step(.softLine)
        layout.addItems(inner, perLine: perLine)
      }
      layout.brackets -= 1
      layout.step(.softLine)
      layout.add(close.element)
    }
  }

  /// Adds the items of a list with their separators, many literals to a line.
  ///
  /// `perLine` items stay together: the predicate and the value of `case`.
  mutating func addItems(_ children: ArraySlice<SyntaxChild>, perLine: Int = 1) {
    let lineStep = Self.isLiteralList(children) ? LayoutStep.fillLine : .line
    var previous: SyntaxRole?
    var items = 0
    for child in children {
      if previous == .separator {
        items += 1
        step(items % perLine == 0 ? lineStep : .space)
      } else if let previous, child.role != .separator {
        step(previous == .step || previous == .match ? .hardLine : .space)
      }
      if case .node(let node) = child.element, children.count == 1, node.kind.isChain {
        addChain(node, indents: false)
      } else {
        add(child.element)
      }
      previous = child.role
    }
  }

  /// Whether a list has many items, all of them literals.
  private static func isLiteralList(_ children: ArraySlice<SyntaxChild>) -> Bool {
    children.count > 8
      && children.allSatisfy { $0.role == .separator || $0.element.node?.kind.isLiteral == true }
  }

  /// Adds a datatable, when broken one row a line.
  mutating func addDatatable(_ node: SyntaxNode) {
    let columns = node.child(.schema)?.children(.column).count ?? 1
    guard let open = node.children.firstIndex(where: { $0.role == .open }) else { return }
    for (index, child) in node.children[..<open].enumerated() {
      if index > 0, child.role == .parameter { step(.space) }
      add(child.element)
    }
    group { layout in
      layout.add(node.children[open].element)
      layout.indented { layout in
        layout.step(.softLine)
        layout.addRows(node.children[(open + 1)...].dropLast(), columns: columns)
      }
      layout.step(.softLine)
      if let close = node.children.last { layout.add(close.element) }
    }
  }

  private mutating func addRows(_ children: ArraySlice<SyntaxChild>, columns: Int) {
    var values = 0
    var isFirst = true
    for child in children {
      if child.role == .value {
        if !isFirst {
          let isRowStart = columns > 1 && values % columns == 0
          step(columns < 2 ? .fillLine : isRowStart ? .line : .space)
        }
        values += 1
      }
      add(child.element)
      isFirst = false
    }
  }
}

extension SyntaxKind {
  /// Whether the kind is a flat chain of operands.
  var isChain: Bool {
    switch self {
    case .logicalOr, .logicalAnd, .addition, .multiplication: true
    default: false
    }
  }

  /// Whether the kind is a literal of one value.
  var isLiteral: Bool {
    switch self {
    case .longLiteral, .intLiteral, .realLiteral, .decimalLiteral, .boolLiteral,
      .datetimeLiteral, .timespanLiteral, .guidLiteral, .stringLiteral, .nullLiteral, .unary:
      true
    default: false
    }
  }
}

extension LayoutBuilder {
  /// Adds statements, each on a line of its own, with their separators.
  mutating func addStatements(_ children: some Collection<SyntaxChild>) {
    let outerBrackets = brackets
    brackets = 0
    for child in children {
      if child.role == .statement || child.role == .directive || child.role == .expression {
        step(.statementBreak)
      }
      add(child.element)
    }
    brackets = outerBrackets
  }

  /// Adds `let name = value`; the stages of a pipeline stand further in.
  mutating func addLet(_ node: SyntaxNode) {
    for (index, child) in node.children.enumerated() {
      if index > 0 { step(.space) }
      if case .node(let value) = child.element, value.kind == .pipeline {
        addPipeline(value, indentsStages: true)
      } else {
        add(child.element)
      }
    }
  }

  /// Adds a function body: on one line where it is one expression that fits.
  mutating func addFunctionBody(_ node: SyntaxNode) {
    let inner = node.children.dropFirst().dropLast()
    guard let open = node.children.first, let close = node.children.last else { return }
    add(open.element)
    if inner.isEmpty { return add(close.element) }
    if inner.contains(where: { $0.role == .statement }) {
      indented { $0.addStatements(inner) }
      step(.hardLine)
      return add(close.element)
    }
    group { layout in
      layout.indented { layout in
        layout.step(.line)
        layout.brackets += 1
        for child in inner { layout.add(child.element) }
        layout.brackets -= 1
      }
      layout.step(.line)
      layout.add(close.element)
    }
  }

  /// Adds a pipeline, each operator on a line of its own; one operator in brackets may stay on the
  /// line of its source.
  mutating func addPipeline(_ node: SyntaxNode, indentsStages: Bool = false) {
    let bars = node.tokens(.bar).count
    let lineStep = brackets > 0 && bars < 2 ? LayoutStep.line : .hardLine
    if indentsStages { step(.indent) }
    for (index, child) in node.children.enumerated() {
      if child.role == .bar {
        step(lineStep)
      } else if index > 0 {
        step(.space)
      }
      if index == 0, indentsStages { step(.outdent) }
      add(child.element)
      if index == 0, indentsStages { step(.indent) }
    }
    if indentsStages { step(.outdent) }
  }
}

import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  func bindExternalData(_ node: SyntaxNode) -> BoundTable {
    let columns = schemaColumns(node.child(.schema))
    var uris: [String] = []
    for value in node.children(.value) {
      let bound = within(row: nil) { bindScalar(value) }
      if case .string(let text)? = constant(bound) {
        uris.append(text.text)
      } else if bound.type != .unknown {
        report(.literalExpected(at: span(value)))
      }
    }
    var properties: [String: String] = [:]
    for property in node.child(.with)?.children(.property) ?? [] {
      guard let token = property.token(.name), let value = property.child(.value) else { continue }
      properties[text(token)] = word(value)
    }
    let data = ExternalData(
      columns: columns,
      uris: uris,
      properties: properties,
      span: span(node)
    )
    return BoundTable(.externalData(data), columns: columns)
  }

  func bindInlineExternalTable(_ node: SyntaxNode) -> BoundTable {
    let columns = schemaColumns(node.child(.schema))
    return refusedSource(
      "inline_external_table",
      columns,
      isOpen: node.child(.schema) == nil,
      node
    )
  }

  func bindViewCombine(_ node: SyntaxNode) -> BoundTable {
    let base = node.child(.base).map(bindTable) ?? failedTable()
    return refusedSource(
      "materialized-view-combine",
      base.columns,
      isOpen: base.isOpen,
      node
    )
  }

  /// `macro-expand` works over several databases, of which there is one here.
  func bindMacroExpand(_ node: SyntaxNode) -> BoundTable {
    refusedSource("macro-expand", [], isOpen: true, node)
  }
}

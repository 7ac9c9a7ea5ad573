import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// The columns of `(a: long, b: string)`, each with a new id.
  func schemaColumns(_ node: SyntaxNode?) -> [PlanColumn] {
    var seen: Set<Name> = []
    return (node?.children(.column) ?? []).compactMap { item in
      let declared = declaredColumn(item)
      guard seen.insert(Name(declared.name)).inserted else {
        report(.duplicateColumn(declared.name, at: span(item)))
        return nil
      }
      return freshColumn(declared.name, .scalar(declared.type))
    }
  }

  func bindDatatable(_ node: SyntaxNode) -> BoundTable {
    let columns = schemaColumns(node.child(.schema))
    let values = node.children(.value)
    guard !columns.isEmpty else {
      return BoundTable(.values(Values(columns: [], rows: [])), columns: [])
    }
    if values.count % columns.count != 0 {
      let place = values.last.map(span) ?? span(node)
      report(.dataCount(multipleOf: columns.count, at: place))
    }
    var rows: [[Scalar]] = []
    var row: [Scalar] = []
    for value in values {
      row.append(cell(value, columns[row.count].type))
      if row.count == columns.count {
        rows.append(row)
        row = []
      }
    }
    return BoundTable(.values(Values(columns: columns, rows: rows)), columns: columns)
  }

  /// A literal as a value of a column's type.
  private func cell(_ node: SyntaxNode, _ type: ScalarType) -> Scalar {
    let value = within(row: nil) { bindScalar(node) }
    guard let literal = constant(value) ?? value.literal else {
      if value.type != .unknown { report(.literalExpected(at: span(node))) }
      return .missing(type)
    }
    return ScalarConversion.convert(literal, to: type) ?? .missing(type)
  }

  func bindContextualDatatable(_ node: SyntaxNode) -> BoundTable {
    let columns = schemaColumns(node.child(.schema))
    return refusedSource("__contextual_datatable", columns, isOpen: false, node)
  }
}

import KQLSyntax
import SourceText
extension Binder {
  func bindJoin(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindLookup(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindUnion(_ node: SyntaxNode, _ input: BoundTable?) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindMvExpand(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindMvApply(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindParse(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindParseKv(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindMakeSeries(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindPartition(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindEvaluate(_ node: SyntaxNode, _ input: BoundTable?) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindSearch(_ node: SyntaxNode, _ input: BoundTable?) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindFind(_ node: SyntaxNode) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindMacroExpand(_ node: SyntaxNode) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindRefused(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindExternalData(_ node: SyntaxNode) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindInlineExternalTable(_ node: SyntaxNode) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindViewCombine(_ node: SyntaxNode) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
  func bindWildcardTable(_ node: SyntaxNode) -> BoundTable {
    refused("this operator", nil, columns: [], isOpen: true, node)
  }
}

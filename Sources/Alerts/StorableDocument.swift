import OperationalStore
package import StructuredText

extension DocumentNode {
  /// The same with texts and keys that a database can keep; see `String.storable`.
  package var storable: DocumentNode {
    guard hasNUL else { return self }
    let content: Content =
      switch self.content {
      case .scalar(let scalar): .scalar(DocumentScalar(scalar.text.storable, style: scalar.style))
      case .sequence(let items): .sequence(items.map(\.storable))
      case .mapping(let members):
        .mapping(
          members.map {
            DocumentMember(key: $0.key.storable, at: $0.keyPlace, value: $0.value.storable)
          }
        )
      }
    return DocumentNode(content, at: place)
  }
}

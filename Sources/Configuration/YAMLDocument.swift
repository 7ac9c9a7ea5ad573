import SourceText
import StructuredText

/// Reads the YAML of a configuration file.
struct YAMLDocument {
  private let source: SourceText

  private init(_ source: SourceText) { self.source = source }

  static func read(_ source: SourceText) throws(ConfigurationFailure) -> ConfigurationNode {
    let reader = YAMLDocument(source)
    do {
      let document = try TextDocument(source.bytes, format: .yaml, takesAliases: false)
      return try reader.node(document.root, depth: 0)
    } catch let failure as ConfigurationFailure {
      throw failure
    } catch let failure as DocumentFailure where failure.reason == .empty {
      return ConfigurationNode(content: .table([]), span: .at(0))
    } catch {
      throw reader.failure(error)
    }
  }

  private func node(
    _ node: DocumentNode,
    depth: Int
  ) throws(ConfigurationFailure) -> ConfigurationNode {
    let span = span(node.place)
    if depth > ConfigurationLimits.depth { throw .tooDeep(at: span, in: source) }
    let content: ConfigurationNode.Content
    switch node.content {
    case .scalar(let scalar):
      content =
        scalar.style == .plain ? .plain(node.isNull ? "" : scalar.text) : .quoted(scalar.text)
    case .sequence(let items):
      var list: [ConfigurationNode] = []
      for item in items { list.append(try self.node(item, depth: depth + 1)) }
      content = .list(list)
    case .mapping(let members):
      var table: [ConfigurationNode.Member] = []
      for member in members {
        let value = try self.node(member.value, depth: depth + 1)
        let key = self.span(member.keyPlace)
        table.append(ConfigurationNode.Member(name: member.key, span: key, value: value))
      }
      content = .table(table)
    }
    return ConfigurationNode(content: content, span: span)
  }

  private func span(_ place: DocumentPlace) -> SourceSpan {
    source.span(line: place.line, column: place.column)
  }

  private func failure(_ error: any Error) -> ConfigurationFailure {
    let failure = error as? DocumentFailure ?? DocumentFailure("\(error)")
    let span = failure.place.map(span) ?? .at(0)
    return switch failure.reason {
    case .alias: .alias(at: span, in: source)
    case .duplicateKey(let name): .duplicate(name, at: span, in: source)
    case .tooDeep: .tooDeep(at: span, in: source)
    case .empty, .other: .syntax(failure.message, at: span, in: source)
    }
  }
}

import SourceText
import Yams

/// Reads the YAML of a configuration file.
///
/// The parser composes aliases without copying, yet compares keys; keys that are built of aliases
/// of aliases would take it for ever. Few aliases are harmless, so their number is bounded before
/// it sees the text, and whatever is left of them is refused after.
struct YAMLDocument {
  private let source: SourceText
  /// What may be aliases in a text that has none.
  private static let mostStars = 20

  private init(_ source: SourceText) { self.source = source }

  static func read(_ source: SourceText) throws(ConfigurationFailure) -> ConfigurationNode {
    try YAMLDocument(source).read()
  }

  private func read() throws(ConfigurationFailure) -> ConfigurationNode {
    if let place = tooManyAliases() { throw .alias(at: .at(place), in: source) }
    let parser: Parser
    let root: Node?
    do {
      parser = try Parser(yaml: source.text(SourceSpan(0, source.bytes.count)), encoding: .utf8)
      root = try parser.singleRoot()
    } catch {
      throw failure(error)
    }
    guard let root else { return ConfigurationNode(content: .table([]), span: .at(0)) }
    // The parser owns the anchors, to which nodes hold weakly.
    return try withExtendedLifetime(parser) { () throws(ConfigurationFailure) in
      try node(root, depth: 0)
    }
  }

  /// Where the first alias beyond the limit may start.
  private func tooManyAliases() -> Int? {
    var count = 0
    for (index, byte) in source.bytes.enumerated().dropLast() where byte == UInt8(ascii: "*") {
      let next = source.bytes[index + 1]
      let isName = (0x30...0x39).contains(next) || (0x41...0x5A).contains(next & 0xDF)
      guard isName || next == UInt8(ascii: "_") || next == UInt8(ascii: "-") else { continue }
      count += 1
      if count > Self.mostStars { return index }
    }
    return nil
  }

  private func node(
    _ node: Node,
    depth: Int
  ) throws(ConfigurationFailure) -> ConfigurationNode {
    let span = node.mark.map { source.span(line: $0.line, column: $0.column) } ?? .at(0)
    if depth > ConfigurationLimits.depth { throw .tooDeep(at: span, in: source) }
    if node.anchor != nil { throw .alias(at: span, in: source) }
    let content: ConfigurationNode.Content
    switch node {
    case .scalar(let scalar): content = Self.content(scalar)
    case .alias: throw .alias(at: span, in: source)
    case .sequence(let items):
      var list: [ConfigurationNode] = []
      for item in items { list.append(try self.node(item, depth: depth + 1)) }
      content = .list(list)
    case .mapping(let pairs):
      content = .table(try members(pairs, depth: depth))
    }
    return ConfigurationNode(content: content, span: span)
  }

  private func members(
    _ pairs: Node.Mapping,
    depth: Int
  ) throws(ConfigurationFailure) -> [ConfigurationNode.Member] {
    var members: [ConfigurationNode.Member] = []
    for (key, value) in pairs {
      let name = try node(key, depth: depth + 1)
      switch name.content {
      case .plain(let text), .quoted(let text):
        if members.contains(where: { $0.name == text }) {
          throw .duplicate(text, at: name.span, in: source)
        }
        let value = try node(value, depth: depth + 1)
        members.append(ConfigurationNode.Member(name: text, span: name.span, value: value))
      default: throw .syntax("a key is a word, not \(name.kindName)", at: name.span, in: source)
      }
    }
    return members
  }

  private static func content(_ scalar: Node.Scalar) -> ConfigurationNode.Content {
    switch scalar.style {
    case .plain, .any:
      let isNothing = ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      return .plain(isNothing ? "" : scalar.string)
    default: return .quoted(scalar.string)
    }
  }

  private func failure(_ error: any Error) -> ConfigurationFailure {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let span = source.span(line: mark.line, column: mark.column)
      return .syntax("this is no YAML: \(problem)", at: span, in: source)
    case .duplicatedKeysInMapping(let names, let context):
      let span = source.span(line: context.mark.line, column: context.mark.column)
      return .duplicate(names.first ?? "", at: span, in: source)
    case .reader(let problem, let offset, _, _):
      return .syntax("this is no YAML: \(problem)", at: .at(offset ?? 0), in: source)
    default: return .syntax("this is no YAML", at: .at(0), in: source)
    }
  }
}

import Yams

/// Reads YAML with Yams into nodes, and holds it to limits.
struct YAMLReader {
  private let takesAliases: Bool
  private var left = TextDocument.nodeLimit

  static func read(_ text: String, takesAliases: Bool) throws -> DocumentNode {
    try AliasGuard.check(text)
    try NestingGuard.check(text)
    do {
      let parser = try Parser(yaml: text, encoding: .utf8)
      guard let root = try parser.singleRoot() else { throw DocumentFailure.empty }
      var reader = YAMLReader(takesAliases: takesAliases)
      // The parser owns the anchors, to which nodes hold weakly.
      return try withExtendedLifetime(parser) { try reader.convert(root, depth: 0) }
    } catch let failure as YamlError {
      throw self.failure(failure)
    }
  }

  private init(takesAliases: Bool) { self.takesAliases = takesAliases }

  private mutating func convert(_ node: Node, depth: Int) throws -> DocumentNode {
    let place = node.mark.map(Self.place) ?? .none
    left -= 1
    if left < 0 { throw DocumentFailure("the file holds too many values", at: place) }
    if depth > TextDocument.depthLimit { throw DocumentFailure.tooDeep(at: place) }
    if !takesAliases, node.anchor != nil {
      throw DocumentFailure("anchors and aliases are not taken", at: place, .alias)
    }
    switch node {
    case .scalar(let scalar):
      let style = Self.style(scalar)
      return DocumentNode(.scalar(DocumentScalar(scalar.string, style: style)), at: place)
    case .sequence(let sequence):
      var items: [DocumentNode] = []
      for item in sequence { items.append(try convert(item, depth: depth + 1)) }
      return DocumentNode(.sequence(items), at: place)
    case .mapping(let mapping):
      return DocumentNode(.mapping(try members(mapping, depth: depth)), at: place)
    case .alias: throw DocumentFailure("an alias names no anchor before it", at: place, .alias)
    }
  }

  private mutating func members(_ mapping: Node.Mapping, depth: Int) throws -> [DocumentMember] {
    var members: [DocumentMember] = []
    var keys: Set<String> = []
    for (key, value) in mapping {
      let name = try convert(key, depth: depth + 1)
      guard let text = name.scalar?.text else {
        throw DocumentFailure("a key that is no text", at: name.place)
      }
      // To Yams `1` and `"1"` are two keys.
      if !keys.insert(text).inserted { throw DocumentFailure.duplicate(text, at: name.place) }
      let value = try convert(value, depth: depth + 1)
      members.append(DocumentMember(key: text, at: name.place, value: value))
    }
    return members
  }

  private static func style(_ scalar: Node.Scalar) -> DocumentScalar.Style {
    switch scalar.style {
    case .singleQuoted: .singleQuoted
    case .doubleQuoted: .doubleQuoted
    case .literal: .literal
    case .folded: .folded
    default: .plain
    }
  }

  private static func place(_ mark: Mark) -> DocumentPlace {
    DocumentPlace(line: mark.line, column: mark.column)
  }

  private static func failure(_ error: YamlError) -> DocumentFailure {
    switch error {
    case .composer(_, "but found another document", let mark, _):
      return DocumentFailure(
        "the file holds several documents; one a file is read",
        at: place(mark)
      )
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return DocumentFailure("no YAML: \(problem)", at: place(mark))
    case .duplicatedKeysInMapping(let duplicates, let context):
      return .duplicate(duplicates.first ?? "", at: place(context.mark))
    case .reader(let problem, _, _, _): return DocumentFailure("no YAML: \(problem)")
    default: return DocumentFailure("no YAML: \(error)")
    }
  }
}

/// Refuses texts in which aliases of aliases would make a small file huge: what looks like an
/// anchor or an alias is counted before anything is composed.
enum AliasGuard {
  static func check(_ text: String) throws {
    var anchors = 0
    var aliases = 0
    var previous = UInt8(ascii: "\n")
    var pending: UInt8 = 0
    for byte in text.utf8 {
      if isName(byte) {
        if pending == UInt8(ascii: "&") { anchors += 1 }
        if pending == UInt8(ascii: "*") { aliases += 1 }
      }
      let starts = startsToken(previous)
      pending = starts && (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*")) ? byte : 0
      previous = byte
    }
    if anchors > 1, aliases > 16 || anchors > 1_000 {
      throw DocumentFailure("the file has more aliases than are followed", at: nil, .alias)
    }
    if aliases > 10_000, anchors > 0 {
      throw DocumentFailure("the file has more aliases than are followed", at: nil, .alias)
    }
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte > 0x20 && !",[]{}".utf8.contains(byte)
  }

  private static func startsToken(_ byte: UInt8) -> Bool { " \t\n\r[{,:?-".utf8.contains(byte) }
}

/// Refuses flow collections that are nested so deeply that composing them would take the stack.
enum NestingGuard {
  static func check(_ text: String) throws {
    var depth = 0
    var indent = 0
    var atLineStart = true
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\n"):
        atLineStart = true
        indent = 0
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
        if atLineStart { indent += 1 }
      default: break
      }
      if byte > 0x20, !"-?:".utf8.contains(byte) { atLineStart = false }
      if depth > nestingLimit { throw DocumentFailure.tooDeep() }
      if atLineStart, indent > indentLimit {
        throw DocumentFailure("the file has lines that are indented too far")
      }
    }
  }

  private static let nestingLimit = 400
  private static let indentLimit = 800
}

/// A value of a document of YAML or JSON, with its place and the way it was written.
///
/// Members keep their order, and numbers and truth values the characters they were written with,
/// so that a document that is written again says the same.
public struct DocumentNode: Sendable, Equatable {
  public enum Content: Sendable, Equatable {
    case scalar(DocumentScalar)
    case sequence([DocumentNode])
    case mapping([DocumentMember])
  }

  public var content: Content
  public var place: DocumentPlace

  public init(_ content: Content, at place: DocumentPlace = .none) {
    self.content = content
    self.place = place
  }

  /// Equal content; places do not count.
  public static func == (left: DocumentNode, right: DocumentNode) -> Bool {
    left.content == right.content
  }
}

/// A key of a mapping and what it leads to.
public struct DocumentMember: Sendable, Equatable {
  public var key: String
  public var keyPlace: DocumentPlace
  public var value: DocumentNode

  public init(key: String, at keyPlace: DocumentPlace = .none, value: DocumentNode) {
    self.key = key
    self.keyPlace = keyPlace
    self.value = value
  }

  public static func == (left: DocumentMember, right: DocumentMember) -> Bool {
    left.key == right.key && left.value == right.value
  }
}

/// A text, number, truth value or null as it was written.
public struct DocumentScalar: Sendable, Equatable {
  /// How YAML wrote it. JSON's strings are double-quoted, its other scalars plain.
  public enum Style: Sendable, Equatable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  public var text: String
  public var style: Style

  public init(_ text: String, style: Style) {
    self.text = text
    self.style = style
  }
}

/// A place of a document, both counted from 1; columns count characters (Unicode scalars).
public struct DocumentPlace: Sendable, Hashable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The place of what was not read from a text.
  public static let none = DocumentPlace(line: 0, column: 0)
}

extension DocumentNode {
  /// The members of a mapping; empty for anything else.
  public var members: [DocumentMember] {
    if case .mapping(let members) = content { return members }
    return []
  }

  /// The items of a sequence; nil for anything else.
  public var items: [DocumentNode]? {
    if case .sequence(let items) = content { return items }
    return nil
  }

  public var scalar: DocumentScalar? {
    if case .scalar(let scalar) = content { return scalar }
    return nil
  }

  /// The value of a key of a mapping; nil where there is none, or it is null.
  public subscript(key: String) -> DocumentNode? {
    members.first { $0.key == key }.flatMap { $0.value.isNull ? nil : $0.value }
  }

  /// Whether this is a plain `null`, `~` or nothing.
  public var isNull: Bool {
    guard let scalar, scalar.style == .plain else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.text)
  }

  /// The text of a scalar that is not null; numbers as they are written.
  public var text: String? { isNull ? nil : scalar?.text }

  /// A plain truth value of YAML 1.2 or JSON.
  public var boolean: Bool? {
    guard let scalar, scalar.style == .plain else { return nil }
    switch scalar.text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }

  /// A whole number.
  public var integer: Int? { scalar.flatMap { Int($0.text) } }

  /// Whether a text or a key of it has a U+0000.
  public var hasNUL: Bool {
    switch content {
    case .scalar(let scalar): scalar.text.utf8.contains(0)
    case .sequence(let items): items.contains { $0.hasNUL }
    case .mapping(let members): members.contains { $0.key.utf8.contains(0) || $0.value.hasNUL }
    }
  }

  /// A text that is written in the shortest way that reads back as the same text.
  public static func text(_ text: String) -> DocumentNode {
    DocumentNode(.scalar(DocumentScalar(text, style: .folded)))
  }
}

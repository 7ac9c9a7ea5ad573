/// A document of YAML or JSON: its text, and what it says.
public struct TextDocument: Sendable {
  public enum Format: String, Sendable, CaseIterable {
    case yaml, json
  }

  public let format: Format
  public let text: String
  public let root: DocumentNode

  /// Reads a document.
  ///
  /// Throws `DocumentFailure` where it is not UTF-8, not well-formed, holds a key twice or a key
  /// that is no text, is larger or deeper than documents of people are, or is several documents.
  ///
  /// - Parameter takesAliases: whether anchors and aliases of YAML are followed, and not refused.
  public init(
    _ bytes: some Sequence<UInt8> & Collection<UInt8>,
    format: Format,
    takesAliases: Bool = true
  ) throws {
    if bytes.count > Self.sizeLimit {
      throw DocumentFailure("the file is larger than \(Self.sizeLimit >> 20) MiB")
    }
    guard var text = String(validating: Array(bytes), as: UTF8.self) else {
      throw DocumentFailure("the file is not UTF-8")
    }
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    self.format = format
    self.text = text
    switch format {
    case .yaml: root = try YAMLReader.read(text, takesAliases: takesAliases)
    case .json: root = try JSONReader.read(text)
    }
  }

  /// The most bytes of a document.
  public static let sizeLimit = 8 << 20
  /// The most levels of nesting.
  public static let depthLimit = 64
  /// The most values, those that an alias repeats counted each time.
  public static let nodeLimit = 500_000
}

/// Why a text is no document.
public struct DocumentFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What a caller may want to say in its own words.
  public enum Reason: Sendable, Equatable {
    case empty
    case alias
    case duplicateKey(String)
    case tooDeep
    case other
  }

  public let message: String
  public let place: DocumentPlace?
  public let reason: Reason

  /// A one-line message, with the place where it is known.
  public var description: String {
    guard let place, place != .none else { return message }
    return "\(message) (line \(place.line), column \(place.column))"
  }

  public init(_ message: String, at place: DocumentPlace? = nil, _ reason: Reason = .other) {
    self.message = message
    self.place = place
    self.reason = reason
  }

  static func duplicate(_ key: String, at place: DocumentPlace) -> DocumentFailure {
    DocumentFailure("the key '\(key)' occurs twice", at: place, .duplicateKey(key))
  }

  static func tooDeep(at place: DocumentPlace? = nil) -> DocumentFailure {
    DocumentFailure("the file is nested too deeply", at: place, .tooDeep)
  }

  static let empty = DocumentFailure("the file is empty", at: nil, .empty)
}

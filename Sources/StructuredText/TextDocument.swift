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
  public init(_ bytes: some Sequence<UInt8> & Collection<UInt8>, format: Format) throws {
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
    case .yaml: root = try YAMLReader.read(text)
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
public struct DocumentFailure: Error, Sendable, Equatable {
  public let message: String
  public let place: DocumentPlace?

  public init(_ message: String, at place: DocumentPlace? = nil) {
    self.message = message
    self.place = place
  }
}

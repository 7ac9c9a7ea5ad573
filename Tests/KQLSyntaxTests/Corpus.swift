import FoundationEssentials
import SourceText

@testable import KQLSyntax

/// Published queries and cases that lie beside the repository, where they are present.
enum Corpus {
  struct Query: Decodable {
    let id: String
    let query: String
    /// `ok` or `error`: the verdict of the official parser; absent in the case files.
    let syntax: String?
  }

  private static let shared = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared")

  static let published = lines(of: "corpus/hunting-queries.jsonl")

  /// All texts, also those of the conformance cases.
  static let everything =
    published
    + ["docs", "engine", "observed"].flatMap { lines(of: "conformance/kql-\($0).jsonl") }

  static var isPresent: Bool { !published.isEmpty }

  private static func lines(of path: String) -> [Query] {
    guard let data = try? Data(contentsOf: shared.appending(path: path)) else { return [] }
    let decoder = JSONDecoder()
    return data.split(separator: UInt8(ascii: "\n")).compactMap {
      try? decoder.decode(Query.self, from: Data($0))
    }
  }
}

extension SyntaxTree {
  init(_ text: String) { self = KQLParser.parse(SourceText(text)) }

  /// The trivia and text of all tokens, one after the other.
  var rebuilt: [UInt8] {
    var bytes: [UInt8] = []
    root.forEachToken { token in
      bytes += source.bytes[token.leadingTrivia.start..<token.leadingTrivia.end]
      bytes += source.bytes[token.span.start..<token.span.end]
    }
    return bytes
  }

  var codes: [String] { diagnostics.map { "\($0.code)@\($0.span.start)" } }
}

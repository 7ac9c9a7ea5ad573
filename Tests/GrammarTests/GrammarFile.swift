import Foundation

/// What one token, or in tokens.grammar one piece of text, must be.
struct Terminal: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// Exactly this text.
    case text(String)
    /// A token, or a set of tokens, of tokens.grammar.
    case set(String)
    /// One character of a range.
    case range(UInt32, UInt32)
  }

  let kind: Kind
  /// Whether no white space may stand before it.
  let isGlued: Bool
}

/// The right side of a production.
indirect enum GrammarExpression: Sendable {
  case terminal(Terminal)
  case reference(String)
  case sequence([GrammarExpression])
  case choice([GrammarExpression])
  case optional(GrammarExpression)
  case repeated(GrammarExpression)
  /// Must, or must not, come next; reads nothing.
  case lookahead(GrammarExpression, isPositive: Bool)

  /// The productions that are named in it.
  var references: Set<String> {
    switch self {
    case .terminal, .lookahead: []
    case .reference(let name): [name]
    case .sequence(let parts), .choice(let parts):
      parts.reduce(into: []) { $0.formUnion($1.references) }
    case .optional(let part), .repeated(let part): part.references
    }
  }
}

/// A production with its comment and examples.
struct Production: Sendable {
  let name: String
  let comment: String
  /// The lines of its examples.
  let examples: [String]
  let body: GrammarExpression
}

/// A file of productions, and the part of it after a heading.
struct GrammarFile: Sendable {
  let productions: [Production]

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Grammar")

  /// Reads a file of the folder `Grammar`, or the sections of it whose heading fits.
  static func read(_ name: String, section: (String) -> Bool = { _ in true }) throws -> GrammarFile
  {
    let url = folder.appendingPathComponent(name)
    let text = try String(contentsOf: url, encoding: .utf8)
    var kept: [Substring] = []
    var isKept = true
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("// ----") { isKept = section(String(line)) }
      if isKept { kept.append(line) }
    }
    var reader = GrammarReader(kept.joined(separator: "\n"))
    return GrammarFile(productions: try reader.read())
  }

  func production(_ name: String) -> Production? { productions.first { $0.name == name } }
}

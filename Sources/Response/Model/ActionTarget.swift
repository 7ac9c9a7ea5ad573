public import Alerts

/// What one action is done to: one device, mail, user or file.
public struct ActionTarget: Sendable, Hashable, CustomStringConvertible {
  /// In the order of their names.
  public let identifiers: [Entity.Identifier]

  /// Makes the target of an action out of what is known, of which the first set of identifiers that
  /// is whole counts.
  public init(_ kind: ActionKind, _ known: [(String, String)]) throws(ResponseFailure) {
    for set in kind.identifiers {
      let found = set.sorted().compactMap { name in
        known.first { $0.0 == name && !$0.1.isEmpty }
          .map { Entity.Identifier(name: name, value: $0.1) }
      }
      guard found.count == set.count else { continue }
      if found.contains(where: { $0.value.utf8.count > Self.longestValue }) {
        throw ResponseFailure("an identifier of a target has at most \(Self.longestValue) bytes")
      }
      identifiers = found
      return
    }
    let sets = kind.identifiers.map { $0.joined(separator: " and ") }.joined(separator: ", or ")
    throw ResponseFailure("\(kind.rawValue) needs \(sets)")
  }

  init(stored text: String) {
    identifiers = StoredJSON.members(text).map { Entity.Identifier(name: $0.0, value: $0.1) }
  }

  var text: String { StoredJSON.mapping(identifiers) }

  public subscript(name: String) -> String? { identifiers.first { $0.name == name }?.value }

  public var description: String {
    identifiers.map { $0.name + "=" + $0.value }.joined(separator: " ")
  }

  private static let longestValue = 4_096
}

/// Why something of investigation or response was refused; its text says what to do.
public struct ResponseFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

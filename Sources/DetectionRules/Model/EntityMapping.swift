public import StructuredText

/// A name of a column of the result, with its place in the rule.
public struct ColumnReference: Sendable, Equatable {
  public var name: String
  public var place: DocumentPlace

  public init(_ name: String, at place: DocumentPlace) {
    self.name = name
    self.place = place
  }
}

/// Which columns of the result tell an entity.
public struct EntityMapping: Sendable, Equatable {
  /// An identifier of the entity's kind and the column that has it.
  public struct Identifier: Sendable, Equatable {
    /// One of ``EntityKind/identifiers``, or what the rule says where it is none.
    public var name: String
    public var column: ColumnReference

    public init(_ name: String, _ column: ColumnReference) {
      self.name = name
      self.column = column
    }
  }

  public var kind: EntityKind
  public var identifiers: [Identifier]
  /// Whether the rule names it as what was harmed, so that it tells alerts apart.
  public var isImpactedAsset: Bool
  public var place: DocumentPlace

  public init(
    _ kind: EntityKind,
    _ identifiers: [Identifier],
    isImpactedAsset: Bool,
    at place: DocumentPlace
  ) {
    self.kind = kind
    self.identifiers = identifiers
    self.isImpactedAsset = isImpactedAsset
    self.place = place
  }
}

public import DetectionRules
import OperationalStore

/// An entity of an alert: what its kind is and which identifiers tell it.
public struct Entity: Sendable, Hashable {
  public let kind: EntityKind
  /// Names and values, in the order of the names; none is empty.
  public let identifiers: [Identifier]
  /// Whether it was harmed, so that it tells alerts apart.
  public let isImpactedAsset: Bool

  /// A name and a value, as a database can keep them and compares them: by bytes.
  public struct Identifier: Sendable, Hashable {
    public let name: String
    public let value: String

    public init(name: String, value: String) {
      self.name = name.storable
      self.value = value.storable
    }

    public static func == (left: Self, right: Self) -> Bool {
      left.name.hasBytes(of: right.name) && left.value.hasBytes(of: right.value)
    }
  }

  /// Makes an entity; nil where no identifier has a value, and for accounts of which only a name is
  /// known that every machine has.
  public init?(_ kind: EntityKind, _ identifiers: [(String, String)], isImpactedAsset: Bool) {
    let known = identifiers.filter { !$0.1.isEmpty }
    if known.isEmpty || Self.isGeneric(kind, known) { return nil }
    self.kind = kind
    self.identifiers = known.map { Identifier(name: $0.0, value: $0.1) }.sorted {
      ($0.name, $0.value) < ($1.name, $1.value)
    }
    self.isImpactedAsset = isImpactedAsset
  }

  public subscript(name: String) -> String? { identifiers.first { $0.name == name }?.value }

  /// Whether its identifiers tell it from all others of its kind.
  public var isStrong: Bool {
    kind.strongIdentifiers.contains { names in names.allSatisfy { self[$0] != nil } }
  }

  private static func isGeneric(_ kind: EntityKind, _ identifiers: [(String, String)]) -> Bool {
    guard kind == .account else { return false }
    let names = identifiers.map(\.0)
    guard names.allSatisfy({ $0 == "Name" || $0 == "FullName" }) else { return false }
    return identifiers.allSatisfy { genericNames.contains($0.1.uppercased()) }
  }

  private static let genericNames: Set<String> = [
    "ADMIN", "ADMINISTRATOR", "SYSTEM", "ROOT", "ANONYMOUS", "AUTHENTICATED USER", "NETWORK",
    "NULL", "LOCAL SYSTEM", "LOCALSYSTEM", "NETWORK SERVICE",
  ]
}

extension String {
  /// Whether the bytes are the same; `==` takes texts for equal that Unicode holds for equivalent.
  /// Texts of the same bytes are equal, so that the standard hash goes with it.
  package func hasBytes(of other: String) -> Bool {
    self == other && utf8.elementsEqual(other.utf8)
  }
}

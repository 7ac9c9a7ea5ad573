/// The tenants that somebody asks for: `a,b`, `all` or `group:NAME`, in any mixture.
public struct TenantSelection: Sendable, Hashable {
  /// One of the things named.
  enum Part: Sendable, Hashable {
    case all
    case tenant(String)
    case group(String)
  }

  static let groupPrefix = "group:"

  let parts: [Part]

  /// Every tenant that is theirs.
  public static let all = TenantSelection(parts: [.all])

  /// One tenant by its exact name.
  public static func tenant(_ name: String) -> TenantSelection {
    TenantSelection(parts: [.tenant(name)])
  }

  init(of part: Part) { self.init(parts: [part]) }

  private init(parts: [Part]) { self.parts = parts }

  /// Reads what was written; nil where a name is empty.
  public init?(_ text: String) {
    var parts: [Part] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      if name == "all" {
        parts.append(.all)
      } else if name.hasPrefix(Self.groupPrefix) {
        parts.append(.group(String(name.dropFirst(Self.groupPrefix.count))))
      } else {
        parts.append(.tenant(name))
      }
    }
    let hasEmptyName = parts.contains { $0 == .tenant("") || $0 == .group("") }
    if hasEmptyName { return nil }
    self.parts = parts
  }
}

/// Finds out which tenants the entries of an audit trail are about, going through it from its
/// start.
///
/// What entries of some actions name as their object is no tenant: it is a principal or a group,
/// whose name a tenant may have too.
public struct AuditedTenants {
  /// The tenants of groups, as the trail has told so far.
  private var groups: [String: Set<String>] = [:]

  public init() {}

  /// The tenants that the next entry is about; nil where it is about the store, and so about each.
  public mutating func tenants(of entry: AuditEntry) -> Set<String>? {
    let isRefused = entry.detail.hasPrefix(AccessStore.refusedPrefix)
    switch entry.action {
    case "add-principal", "remove-principal": return nil
    case "grant", "revoke":
      return isRefused ? nil : Self.targets(in: entry.detail).flatMap { members(of: $0) }
    case "set-group":
      if isRefused { return nil }
      let now = Self.names(entry.detail)
      let before = groups.updateValue(now, forKey: entry.object) ?? []
      let all = now.union(before)
      return all.isEmpty ? nil : all
    default:
      return GrantTarget.list(entry.object).flatMap { members(of: $0) }
    }
  }

  private func members(of targets: [GrantTarget]) -> Set<String>? {
    var found: Set<String> = []
    for target in targets {
      switch target {
      case .allTenants: return nil
      case .tenant(let name): found.insert(name)
      case .group(let name): found.formUnion(groups[name] ?? [])
      }
    }
    return found.isEmpty ? nil : found
  }

  /// Whom a grant is for, out of the detail that ``AccessStore`` writes of it: `hunt for a,b until
  /// 2026-01-01`.
  private static func targets(in detail: String) -> [GrantTarget]? {
    guard let start = detail.firstRange(of: " for ")?.upperBound else { return nil }
    let rest = detail[start...]
    let end = rest.ranges(of: " until ").last?.lowerBound ?? rest.endIndex
    return GrantTarget.list(String(rest[..<end]))
  }

  private static func names(_ text: String) -> Set<String> {
    Set(text.split(separator: ",").map(String.init))
  }
}

import GRDB
import OperationalStore

extension IncidentWriter {
  /// All names by which products know a user or device of a tenant, those that the alert has among
  /// them; that these are of one is learned for later alerts.
  ///
  /// Where that would give an entity more than ``EntityNames/most`` names, somebody mixes people
  /// up, and only the alert's own names count.
  func names(of asset: CorrelationKeys.Asset, tenant: String) throws -> Set<String> {
    let kind = asset.kind.rawValue
    var entities: [Int64: Set<String>] = [:]
    var unknown = asset.names
    for name in asset.names {
      let found = try rows(
        """
        SELECT entity FROM entity_names WHERE tenant = ? AND kind = ? AND name = ?
        """,
        [tenant, kind, name]
      ) { $0[0] as Int64 }
      guard let entity = found.first else { continue }
      unknown.remove(name)
      if entities[entity] != nil { continue }
      entities[entity] = Set(
        try rows("SELECT name FROM entity_names WHERE entity = ?", [entity]) { $0[0] }
      )
    }
    let all = entities.values.reduce(asset.names) { $0.union($1) }
    if all.count > EntityNames.most { return asset.names }
    if all.count == 1 { return all }
    let kept = try entities.keys.min() ?? newEntity()
    for other in entities.keys where other != kept {
      try run("UPDATE entity_names SET entity = ? WHERE entity = ?", [kept, other])
    }
    for name in unknown {
      try run(
        "INSERT INTO entity_names (tenant, kind, name, entity) VALUES (?, ?, ?, ?)",
        [tenant, kind, name, kept]
      )
    }
    return all
  }

  private func newEntity() throws -> Int64 {
    (try rows("SELECT max(entity) FROM entity_names", []).first?[0] ?? 0) + 1
  }
}

/// The names of one user or device.
enum EntityNames {
  /// The most of one.
  static let most = 32

  /// The one that people know best: an address or a name of a domain.
  static func shown(_ names: Set<String>) -> String {
    names.min { (rank($0), $0) < (rank($1), $1) } ?? ""
  }

  private static func rank(_ name: String) -> Int {
    if name.contains("@") { return 0 }
    return name.contains(".") ? 1 : 2
  }
}

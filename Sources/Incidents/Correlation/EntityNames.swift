import Columnar
import GRDB
import OperationalStore

/// The users and devices of tenants, read once and kept up with what is learned.
struct KnownEntities {
  /// A name in a tenant, told from others by its bytes as the database does.
  private struct Name: Hashable {
    let tenant: ByteString
    let kind: CorrelationKey.Kind
    let name: ByteString

    init(_ tenant: String, _ kind: CorrelationKey.Kind, _ name: String) {
      self.tenant = ByteString(tenant)
      self.kind = kind
      self.name = ByteString(name)
    }
  }

  /// Changes the database in the transaction of now.
  var writer: IncidentWriter
  /// The entities of names; nil for a name that none has.
  private var entities: [Name: Int64?] = [:]
  private var names: [Int64: Set<String>] = [:]

  init(_ writer: IncidentWriter) { self.writer = writer }

  /// All names by which products know a user or device of a tenant, those that the alert has among
  /// them; that these are of one is learned for later alerts.
  ///
  /// Where that would give an entity more than ``EntityNames/most`` names, somebody mixes people
  /// up, and only the alert's own names count.
  mutating func names(
    of asset: CorrelationKeys.Asset,
    tenant: String
  ) throws -> Set<String> {
    var found: Set<Int64> = []
    var all = asset.names
    var unknown: [String] = []
    for name in asset.names {
      guard let entity = try entity(named: name, asset.kind, tenant) else {
        unknown.append(name)
        continue
      }
      if found.insert(entity).inserted { all.formUnion(try names(of: entity)) }
    }
    if all.count > EntityNames.most { return asset.names }
    if all.count == 1 { return all }
    if found.count == 1, unknown.isEmpty { return all }
    let kept = try found.min() ?? newEntity()
    try bring(found.subtracting([kept]), and: unknown, to: kept, asset.kind, tenant)
    names[kept] = all
    for name in all { entities[Name(tenant, asset.kind, name)] = kept }
    return all
  }

  private mutating func entity(
    named name: String,
    _ kind: CorrelationKey.Kind,
    _ tenant: String
  ) throws -> Int64? {
    let place = Name(tenant, kind, name)
    if let known = entities[place] { return known }
    let found = try writer.rows(
      "SELECT entity FROM entity_names WHERE tenant = ? AND kind = ? AND name = ?",
      [tenant, kind.rawValue, name]
    ) { $0[0] as Int64 }
    entities.updateValue(found.first, forKey: place)
    return found.first
  }

  private mutating func names(of entity: Int64) throws -> Set<String> {
    if let known = names[entity] { return known }
    let found = try writer.rows("SELECT name FROM entity_names WHERE entity = ?", [entity]) { row in
      row[0] as String
    }
    names[entity] = Set(found)
    return Set(found)
  }

  /// Writes that entities and names are of one.
  private func bring(
    _ others: Set<Int64>,
    and unknown: [String],
    to kept: Int64,
    _ kind: CorrelationKey.Kind,
    _ tenant: String
  ) throws {
    for other in others.sorted() {
      try writer.run("UPDATE entity_names SET entity = ? WHERE entity = ?", [kept, other])
    }
    for name in unknown.sorted() {
      try writer.run(
        "INSERT INTO entity_names (tenant, kind, name, entity) VALUES (?, ?, ?, ?)",
        [tenant, kind.rawValue, name, kept]
      )
    }
  }

  private func newEntity() throws -> Int64 {
    (try writer.rows("SELECT max(entity) FROM entity_names", []).first?[0] ?? 0) + 1
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
    if name.utf8.contains(UInt8(ascii: "@")) { return 0 }
    return name.utf8.contains(UInt8(ascii: ".")) ? 1 : 2
  }
}

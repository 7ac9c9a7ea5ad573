import Alerts
import GRDB
import Incidents
public import OperationalStore

/// What executes the actions of a kind in a tenant, in the place of the simulated environment.
public struct Connection: Sendable, Equatable {
  /// How orders get there.
  public enum Way: Sendable, Equatable {
    /// A program with fixed arguments, which reads the order from standard input.
    case command([String])
    /// An address to which the order is sent with POST.
    case webhook(String)
  }

  public let tenant: String
  public let kind: ActionKind
  public let way: Way

  public init(tenant: String, kind: ActionKind, way: Way) throws(ResponseFailure) {
    if kind.removesEntry {
      throw ResponseFailure(
        "\(kind.rawValue) is not connected: it takes off Harrier's list what an action put there"
      )
    }
    switch way {
    case .command(let words):
      guard let program = words.first, program.hasPrefix("/") else {
        throw ResponseFailure(
          "name the program with its whole path, such as /usr/local/bin/isolate"
        )
      }
      if words.contains(where: { $0.utf8.contains(0) }) {
        throw ResponseFailure("a program and its arguments have no zero bytes")
      }
    case .webhook(let address):
      let isKnown = address.hasPrefix("https://") || address.hasPrefix("http://")
      let isClean = address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
      guard isKnown, isClean, address.utf8.count <= 2_048 else {
        throw ResponseFailure("an address begins with https:// or http:// and has no spaces")
      }
    }
    self.tenant = tenant
    self.kind = kind
    self.way = way
  }

  init?(_ row: Row) {
    guard let kind = ActionKind(rawValue: row["kind"]) else { return nil }
    let target: String = row["target"]
    let way: Way =
      row["way"] as String == "command" ? .command(StoredJSON.texts(target)) : .webhook(target)
    try? self.init(tenant: row["tenant"], kind: kind, way: way)
  }

  /// What executes orders by it.
  func makeConnector() -> any ResponseConnector {
    switch way {
    case .command(let words): CommandConnector(words)
    case .webhook(let address): WebhookConnector(address)
    }
  }
}

extension ActionStore {
  /// Lets a connection execute the actions of its kind and tenant from now on.
  public func connect(_ connection: Connection) throws(StoreFailure) {
    let (way, target) =
      switch connection.way {
      case .command(let words): ("command", StoredJSON.list(words))
      case .webhook(let address): ("webhook", address)
      }
    try write { writer in
      try writer.incidents.run(
        "INSERT OR REPLACE INTO connectors (tenant, kind, way, target) VALUES (?, ?, ?, ?)",
        [connection.tenant, connection.kind.rawValue, way, target]
      )
    }
  }

  /// Lets the simulated environment execute the actions of a kind and tenant again.
  ///
  /// - Returns: whether something else did.
  public func disconnect(_ kind: ActionKind, of tenant: String) throws(StoreFailure) -> Bool {
    try write { writer in
      try writer.incidents.run(
        "DELETE FROM connectors WHERE tenant = ? AND kind = ?",
        [tenant, kind.rawValue]
      )
      return writer.incidents.database.changesCount > 0
    }
  }

  /// The connections of tenants, by tenant and kind.
  public func connections(of tenants: [String]) throws(StoreFailure) -> [Connection] {
    try read { reader in
      try tenants.flatMap { tenant in
        try reader.rows("SELECT * FROM connectors WHERE tenant = ? ORDER BY kind", [tenant])
          .compactMap(Connection.init)
      }
    }
  }
}

import Columnar
import GRDB
public import Incidents
public import OperationalStore

/// What becomes an entry.
public struct EntryRequest: Sendable {
  public let tenant: String
  public let action: ListEntry.Action
  public let kind: ListEntry.Kind
  public let value: String
  public var note = ""
  /// Days; nil for one that stays.
  public var days: Int? = EntryRequest.standardDays
  /// The submission that leads to it.
  var submission: Int64?

  public static let standardDays = 30
  public static let mostDays = 90

  public init(
    _ action: ListEntry.Action,
    _ kind: ListEntry.Kind,
    _ value: String,
    of tenant: String
  ) {
    self.tenant = tenant
    self.action = action
    self.kind = kind
    self.value = value
    if kind.neverExpires { days = nil }
  }

  func refusal() -> ResponseFailure? {
    if let days, days < 1 || days > Self.mostDays {
      return ResponseFailure("an entry holds 1 to \(Self.mostDays) days, or never expires")
    }
    if days != nil, kind.neverExpires {
      return ResponseFailure("entries for \(kind.rawValue) never expire")
    }
    return nil
  }
}

/// The tenants' allow/block lists, in the database that they share with alerts.
public struct AllowBlockStore: Sendable {
  private let incidents: IncidentStore

  public init(_ incidents: IncidentStore) { self.incidents = incidents }

  /// Entries of tenants, the newest first.
  ///
  /// - Parameter all: also those that are expired or removed.
  public func entries(of tenants: [String], all: Bool = false) throws(StoreFailure) -> [ListEntry] {
    let now = incidents.now
    return try incidents.database.read { database in
      try IncidentReader(database: database).entries(of: tenants)
    }
    .filter { all || $0.holds(at: now) }
  }

  /// What a tenant's list does with mails now.
  public func filter(of tenant: String) throws(StoreFailure) -> DeliveryFilter {
    DeliveryFilter(try entries(of: [tenant]), at: incidents.now)
  }

  /// Adds an entry; one for the same value is taken away.
  public func add(_ request: EntryRequest, by actor: Actor) throws -> ListEntry {
    if let refusal = request.refusal() { throw refusal }
    let value = try ListEntry.canonical(request.value, request.kind)
    let made = try incidents.write { try $0.add(request, value, by: actor) }
    guard let made else { throw ResponseFailure.missing("entry", request.value) }
    return made
  }

  /// Takes an entry away.
  public func remove(_ reference: ResponseReference, by actor: Actor) throws {
    let isThere = try incidents.write { try $0.remove(reference, by: actor) }
    if !isThere { throw ResponseFailure.missing("entry", reference.description) }
  }
}

extension IncidentReading {
  /// All entries of tenants, the newest first.
  func entries(of tenants: [String]) throws -> [ListEntry] {
    try rows(
      """
      SELECT * FROM allow_block_entries
      WHERE tenant IN (\(tenants.map { _ in "?" }.joined(separator: ","))) ORDER BY id DESC
      """,
      StatementArguments(tenants)
    )
    .compactMap(ListEntry.init)
  }
}

extension IncidentWriter {
  /// Takes an entry away; whether it was there.
  func remove(_ reference: ResponseReference, by actor: Actor) throws -> Bool {
    try run(
      """
      UPDATE allow_block_entries SET removed = ?, removed_by = ?
      WHERE tenant = ? AND number = ? AND removed IS NULL
      """,
      [now.ticks, actor.name, reference.tenant, reference.number]
    )
    return database.changesCount > 0
  }

  /// Adds an entry in the place of one for the same value.
  func add(_ request: EntryRequest, _ value: String, by actor: Actor) throws -> ListEntry? {
    try run(
      """
      UPDATE allow_block_entries SET removed = ?, removed_by = ?
      WHERE tenant = ? AND kind = ? AND value = ? AND removed IS NULL
      """,
      [now.ticks, actor.name, request.tenant, request.kind.rawValue, value]
    )
    let number = try ResponseWriter(self).nextNumber("entry", of: request.tenant)
    let expires = request.days.map { now.ticks + Int64($0) * TimeSpan.ticksPerDay }
    try run(
      """
      INSERT INTO allow_block_entries (tenant, number, kind, action, value, note, created,
        created_by, expires, submission)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        request.tenant, number, request.kind.rawValue, request.action.rawValue, value,
        request.note, now.ticks, actor.name, expires, request.submission,
      ]
    )
    return try rows(
      "SELECT * FROM allow_block_entries WHERE id = ?",
      [database.lastInsertedRowID]
    )
    .first.flatMap(ListEntry.init)
  }
}

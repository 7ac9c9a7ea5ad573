public import OperationalStore
import Segments
public import StructuredText

/// Takes alerts of other products in, so that the pipeline finds them in the outbox.
public struct AlertIntake: Sendable {
  /// What became of some alerts.
  public struct Outcome: Sendable, Equatable {
    public var new = 0
    /// Known before, with something further.
    public var updated = 0
    /// Known before, as they are.
    public var unchanged = 0
    /// New ones whose severity is not known, which count as medium.
    public var unknownSeverities = 0
    /// What could not be taken, by its place from 0, and why.
    public var refused: [Refusal] = []

    public init() {}

    /// Adds what became of further alerts, the first of which has a place.
    public mutating func add(_ other: Outcome, from place: Int) {
      new += other.new
      updated += other.updated
      unchanged += other.unchanged
      unknownSeverities += other.unknownSeverities
      refused += other.refused.map {
        Refusal(index: place + $0.index, line: $0.line, reason: $0.reason)
      }
    }
  }

  /// An alert that was not taken.
  public struct Refusal: Sendable, Equatable {
    public let index: Int
    /// The line of its file at which it begins, from 1; 0 where it is of no file.
    public let line: Int
    public let reason: String
  }

  private let store: IncidentStore

  public init(_ store: IncidentStore) { self.store = store }

  /// Takes alerts of Graph's `alerts_v2` in one transaction.
  ///
  /// An alert that was taken before gets what is new of it.
  ///
  /// - Parameter tenant: whose an alert is, by what it names as `tenantId`; nil refuses it.
  public func take(
    _ alerts: [DocumentNode],
    tenant: (String?) -> String?
  ) throws(StoreFailure) -> Outcome {
    try store.write { writer in
      var outcome = Outcome()
      let compressor = Compressor(level: 3)
      for (index, node) in alerts.enumerated() {
        do throws(IncidentFailure) {
          let alert = try ImportedAlert(graph: node)
          guard let owner = tenant(alert.tenant) else {
            let named = alert.tenant.map { "a tenant that cannot be, '\($0)'," } ?? "no tenant"
            throw IncidentFailure(
              "the alert '\(alert.id)' names \(named) as 'tenantId'; --by-tenant-id finds tenants "
                + "by that alone, and without it all alerts are of the one of --tenant"
            )
          }
          let keep = { try writer.keep(AlertDocument(node), of: $0, compressor) }
          try take(alert, owner, writer, &outcome, keep: keep)
        } catch {
          outcome.refused.append(
            Refusal(index: index, line: node.place.line, reason: error.description)
          )
        }
      }
      return outcome
    }
  }

  private func take(
    _ alert: ImportedAlert,
    _ tenant: String,
    _ writer: IncidentWriter,
    _ outcome: inout Outcome,
    keep: (_ alert: String) throws -> Void
  ) throws(IncidentFailure) {
    do {
      if let known = try writer.alert(alert.id, tenant) {
        try keep(known.key)
        let isNew = try writer.update(known, with: alert)
        if isNew { outcome.updated += 1 } else { outcome.unchanged += 1 }
      } else {
        try keep(try writer.insert(alert, tenant))
        outcome.new += 1
        if alert.isOfUnknownSeverity { outcome.unknownSeverities += 1 }
      }
    } catch {
      throw IncidentFailure("the alert '\(alert.id)' was not written: \(error)")
    }
  }
}

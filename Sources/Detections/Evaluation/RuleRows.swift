import Alerts
import Columnar
public import DetectionRules
public import Execution

/// The rows that a rule's query gave, with what tells their events.
public struct RuleRows: Sendable {
  /// A row and the event that it shows.
  struct EventRow: Sendable {
    let key: EventKey
    let time: DateTime?
    let batch: Int
    let row: Int
  }

  /// The product's most characters of an alert's texts.
  private static let longestTitle = 256
  private static let longestDescription = 5_000

  public let rowCount: Int
  /// In the order of time and key, each event once.
  let events: [EventRow]
  let reader: RowReader
  let batches: [Batch]
  /// Whether no row names an entity that was harmed, though the rule wants one.
  let lacksImpactedEntity: Bool

  public init(_ result: QueryResult, _ rule: DetectionRule, tenant: String) throws {
    let reader = RowReader(rule, tenant: tenant, result.schema)
    let batches = try result.batches
    var events: [EventRow] = []
    var places: [EventKey: Int] = [:]
    var namesAsset = false
    for (index, batch) in batches.enumerated() {
      for row in 0..<batch.count {
        let assets = reader.entities(batch, row).filter(\.isImpactedAsset)
        if !assets.isEmpty { namesAsset = true }
        let key = reader.key(batch, row, assets)
        let event = EventRow(key: key, time: reader.time(batch, row), batch: index, row: row)
        guard let place = places[key] else {
          places[key] = events.count
          events.append(event)
          continue
        }
        // Of several rows about an event the same one stands for it, whichever comes first.
        let known = events[place]
        if reader.json(batch, row) < reader.json(batches[known.batch], known.row) {
          events[place] = event
        }
      }
    }
    events.sort { ($0.time?.ticks ?? 0, $0.key) < ($1.time?.ticks ?? 0, $1.key) }
    rowCount = result.rowCount
    self.events = events
    self.reader = reader
    self.batches = batches
    lacksImpactedEntity = rule.kind == .customDetection && !events.isEmpty && !namesAsset
  }

  /// The time of the first event.
  var firstTime: DateTime? { events.compactMap(\.time).min() }

  func entities(_ event: EventRow) -> [Entity] { reader.entities(batches[event.batch], event.row) }

  func event(_ event: EventRow) -> AlertEvent {
    AlertEvent(
      key: event.key,
      time: event.time,
      row: reader.json(batches[event.batch], event.row)
    )
  }

  /// An alert about an event, without the event in it.
  func draft(_ event: EventRow) -> AlertDraft {
    let batch = batches[event.batch]
    let rule = reader.rule
    var draft = AlertDraft(
      key: event.key,
      signature: [],
      title: reader.rendered(rule.title, batch, event.row, most: Self.longestTitle),
      description: reader.rendered(
        rule.description,
        batch,
        event.row,
        most: Self.longestDescription
      ),
      severity: reader.severity(batch, event.row),
      tactics: reader.tactics(batch, event.row),
      details: reader.details(batch, event.row),
      properties: reader.properties(batch, event.row),
      entities: entities(event)
    )
    draft.signature = Self.signature(draft)
    return draft
  }

  private static func signature(_ draft: AlertDraft) -> [UInt8] {
    var canonical = CanonicalBytes("harrier signature", version: EventKey.version)
    Entity.append(draft.entities, to: &canonical)
    for detail in draft.details + draft.properties {
      canonical.append(detail.label)
      canonical.append(detail.value)
    }
    canonical.append(draft.title)
    canonical.append(draft.description)
    canonical.append(draft.severity.rawValue)
    for tactic in draft.tactics { canonical.append(tactic.rawValue) }
    return canonical.digest
  }
}

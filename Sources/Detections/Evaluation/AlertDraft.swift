public import Alerts
public import Columnar
public import DetectionRules

/// A label and its value.
public struct AlertDetail: Sendable, Hashable {
  public let label: String
  public let value: String

  public init(label: String, value: String) {
    self.label = label
    self.value = value
  }
}

/// An event as an alert keeps it.
public struct AlertEvent: Sendable, Equatable {
  public let key: EventKey
  public let time: DateTime?
  /// The row of the rule's result as a JSON object.
  public let row: String
}

/// An alert that a run would raise.
public struct AlertDraft: Sendable {
  /// What tells it from all other alerts, for ever.
  public var key: EventKey
  /// What events must share to be further evidence of it: entities, details and the texts that
  /// depend on events.
  public var signature: [UInt8]
  public var title: String
  public var description: String
  public var severity: Severity
  public var tactics: [Tactic]
  public var details: [AlertDetail]
  public var properties: [AlertDetail]
  public var entities: [Entity]
  /// The first events, at most ``keptEvents``.
  public var events: [AlertEvent] = []
  public var eventCount = 0
  public var firstTime: DateTime?
  public var lastTime: DateTime?
  /// How many further alerts it stands for, where a run may not raise more; else 0.
  public var standsFor = 0

  /// The most events that an alert keeps whole.
  public static let keptEvents = 100
  /// The most entities of an alert.
  public static let entityLimit = 500

  /// Whether there is room for a further event.
  var keeps: Bool { events.count < Self.keptEvents }

  mutating func add(_ time: DateTime?, _ event: AlertEvent?, _ more: [Entity]) {
    eventCount += 1
    stretch(time, time)
    if let event, keeps { events.append(event) }
    add(more)
  }

  /// Adds the events and entities of another alert.
  mutating func absorb(_ other: AlertDraft) {
    eventCount += other.eventCount
    stretch(other.firstTime, other.lastTime)
    events += other.events.prefix(max(0, Self.keptEvents - events.count))
    add(other.entities)
  }

  private mutating func stretch(_ first: DateTime?, _ last: DateTime?) {
    firstTime = [firstTime, first].compactMap { $0 }.min()
    lastTime = [lastTime, last].compactMap { $0 }.max()
  }

  private mutating func add(_ more: [Entity]) {
    for entity in more where entities.count < Self.entityLimit && !entities.contains(entity) {
      entities.append(entity)
    }
  }
}

public import Columnar

/// An alert, what is true of it, and what a simple grouping needs to know.
public struct GeneratedAlert: Sendable, Equatable {
  public let truth: AlertTruth
  public let created: DateTime
  /// The ids of the devices that the evidence names.
  public let deviceIds: [String]
  /// The alert as one line of JSON in the shape of Graph's `alerts_v2`.
  public let json: String

  public init(truth: AlertTruth, created: DateTime, deviceIds: [String], json: String) {
    self.truth = truth
    self.created = created
    self.deviceIds = deviceIds
    self.json = json
  }

  public var id: String { truth.alertId }
  public var tenant: String { truth.tenant }
}

/// What is true of an alert and its product does not know.
public struct AlertTruth: Sendable, Equatable {
  public let alertId: String
  public let tenant: String
  /// The attack that it belongs to; nil for noise. Ids are unique over tenants.
  public let attackId: String?
  public let family: AttackFamily?
  /// The step of the attack; `noise` where there is none.
  public let step: String

  public init(
    alertId: String,
    tenant: String,
    attackId: String?,
    family: AttackFamily?,
    step: String
  ) {
    self.alertId = alertId
    self.tenant = tenant
    self.attackId = attackId
    self.family = family
    self.step = step
  }

  /// The truth as one line of JSON.
  public var json: String {
    JSONValue.object([
      ("alertId", .text(alertId)),
      ("tenant", .text(tenant)),
      ("attackId", JSONValue(attackId)),
      ("family", JSONValue(family?.rawValue)),
      ("purpose", JSONValue(family?.purpose.rawValue)),
      ("step", .text(step)),
    ]).text
  }
}

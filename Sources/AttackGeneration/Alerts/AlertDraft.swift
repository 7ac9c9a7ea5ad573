import Columnar

/// An alert before it is text.
struct AlertDraft: Sendable {
  let kind: AlertKind
  /// The part of the id behind the product's letters.
  let providerId: String
  let step: String
  let firstActivity: DateTime
  let lastActivity: DateTime
  let created: DateTime
  let evidence: [Evidence]
  /// Whether the product saw nothing, so that there is no alert.
  var isMissed: Bool

  var id: String { kind.product.idPrefix + providerId }

  /// The devices that the evidence names.
  var machines: [Machine] {
    evidence.compactMap { if case .device(let machine) = $0.entity { machine } else { nil } }
  }
}

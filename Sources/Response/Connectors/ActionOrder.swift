import OperationalStore
import StructuredText

/// An action as a connector gets it.
public struct ActionOrder: Sendable, Equatable {
  public let reference: ResponseReference
  public let kind: ActionKind
  public let target: ActionTarget
  public let parameters: [String: String]
  /// Whether somebody had to approve it, since when the world may have changed.
  public let wasProposed: Bool
  public let requestedBy: String

  init(_ action: ActionRecord) {
    reference = action.reference
    kind = action.kind
    target = action.target
    parameters = action.parameters
    wasProposed = action.wasProposed
    requestedBy = action.requestedBy
  }

  public var tenant: String { reference.tenant }

  /// What programs and webhooks read: one line of JSON. `key` tells the action from all others.
  public var json: String {
    let quoted = JSONDocumentWriter.quoted
    let given = parameters.sorted { $0.key < $1.key }.map {
      quoted($0.key) + ":" + quoted($0.value)
    }
    return "{\"key\":\(quoted(reference.description)),\"tenant\":\(quoted(tenant)),"
      + "\"number\":\(reference.number),\"kind\":\(quoted(kind.rawValue)),"
      + "\"target\":\(target.text),\"parameters\":{\(given.joined(separator: ","))},"
      + "\"requestedBy\":\(quoted(requestedBy))}"
  }
}

/// What became of an order.
public struct ActionOutcome: Sendable, Equatable {
  /// `completed`, `failed`, `alreadyRemediated`, `alreadyInDestination` or `mayHaveRun`.
  public let status: ActionStatus
  public let detail: String
  /// The state that it ended; empty where that is not known.
  public let before: String

  public init(_ status: ActionStatus, _ detail: String, before: String = "") {
    self.status = status
    self.detail = detail.storable
    self.before = before
  }
}

/// What a connector knows of an order that it may have got before.
public enum EarlierOutcome: Sendable, Equatable {
  case done(ActionOutcome)
  /// It was not done, and may be handed over again.
  case notDone
  /// The text says how somebody finds out.
  case unknown(String)
}

/// What executes actions.
public protocol ResponseConnector: Sendable {
  /// What actions name it by.
  var name: String { get }

  /// Makes ready for orders that come next, such as by finding out about their targets at once.
  func prepare(_ orders: [ActionOrder]) throws

  /// Executes an order. What fails is an outcome; what is thrown leaves open whether it was done,
  /// and ``earlierOutcome(of:)`` is asked later.
  func execute(_ order: ActionOrder) throws -> ActionOutcome

  /// What became of an order, after the process ended while it was executed.
  func earlierOutcome(of order: ActionOrder) throws -> EarlierOutcome
}

extension ResponseConnector {
  public func prepare(_ orders: [ActionOrder]) throws {}
}

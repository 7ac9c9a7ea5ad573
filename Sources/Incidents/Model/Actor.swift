/// Who changed something: a principal, or a part of Harrier by itself.
public struct Actor: Sendable, Hashable {
  public let name: String
  public let isSystem: Bool

  public init(principal name: String) {
    self.name = name
    isSystem = false
  }

  private init(system name: String) {
    self.name = name
    isSystem = true
  }

  /// What puts alerts into incidents and merges these.
  public static let correlation = Actor(system: "Harrier - alert correlation")
  /// What follows from a change, such as an incident that is resolved with its last alert.
  public static let propagation = Actor(system: "Harrier - incident propagation")
  /// The product that raised an alert.
  static let source = Actor(system: "source of the alert")
  /// What Sentinel says of its incidents.
  static let sentinel = Actor(system: "Microsoft Sentinel")
  /// What takes, executes and ends response actions.
  public static let response = Actor(system: "Harrier - response actions")
  /// What investigates by itself.
  public static let investigation = Actor(system: "Harrier - automated investigation")
}

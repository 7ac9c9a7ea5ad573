import Columnar
import OperationalStore

/// Executes actions in the simulated environment; it always knows what it did.
public struct SimulatedConnector: ResponseConnector {
  public static let name = "simulated environment"

  private let environment: EnvironmentStore
  private let source: (any TenantRowSource)?

  /// - Parameter source: where it learns of mails, devices and users; nil for nowhere.
  public init(_ environment: EnvironmentStore, learningFrom source: (any TenantRowSource)?) {
    self.environment = environment
    self.source = source
  }

  public var name: String { Self.name }

  public func prepare(_ orders: [ActionOrder]) throws {
    guard let source else { return }
    for tenant in Set(orders.map(\.tenant)).sorted() {
      let found = try EnvironmentLearning(source, tenant).find(orders)
      try environment.write { try $0.learn(found, tenant) }
    }
  }

  public func execute(_ order: ActionOrder) throws -> ActionOutcome {
    try environment.write { try $0.execute(order) }
  }

  public func earlierOutcome(of order: ActionOrder) throws -> EarlierOutcome {
    // A read after a crash sees all that was committed.
    let done = try environment.write { try $0.outcome(of: order) }
    return done.map { .done($0) } ?? .notDone
  }
}

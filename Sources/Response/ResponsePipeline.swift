import Columnar
import Incidents
import OperationalStore

/// What comes behind incidents: investigations of their alerts, and what these ask for.
public struct ResponsePipeline: Sendable {
  /// What a run did.
  public struct Outcome: Sendable, Equatable {
    public var investigations = InvestigationRunner.Outcome()

    public var isEmpty: Bool { investigations.isEmpty }
  }

  private let investigations: InvestigationRunner

  public init(investigations: InvestigationRunner) { self.investigations = investigations }

  /// Does all that is to be done now, of all tenants or of some.
  public func run(tenants: Set<String>? = nil) throws -> Outcome {
    Outcome(investigations: try investigations.run(tenants: tenants))
  }
}

import Alerts
public import Columnar
public import DetectionRules
import Execution
public import Hunting
import SourceText

/// Runs the query of a rule over a window of events.
public struct RuleEvaluation: Sendable {
  /// What a run may take.
  public struct Budget: Sendable {
    /// Bytes.
    public var memory: Int
    public var seconds: Double

    public init(memory: Int = 1 << 30, seconds: Double = 300) {
      self.memory = memory
      self.seconds = seconds
    }
  }

  /// The most rows of a run.
  static let rowLimit = 2_000_000

  public let rule: DetectionRule
  public let tenant: String
  public var budget: Budget

  public init(_ rule: DetectionRule, tenant: String, budget: Budget = Budget()) {
    self.rule = rule
    self.tenant = tenant
    self.budget = budget
  }

  /// The rows of a run; `now()` is the end of its window.
  ///
  /// - Parameter engine: has the tables of the tenant.
  public func rows(
    _ engine: HuntingEngine,
    over window: EventWindow,
    now: DateTime
  ) throws(RunFailure) -> RuleRows {
    var engine = engine
    engine.allowsMissingTables = true
    engine.now = now
    do {
      var window = window
      window.devices = try devices(engine)
      engine.eventWindow = window
      let source = SourceText(rule.query.text)
      let answer = try engine.run(source, budget: makeBudget(engine))
      guard let result = answer.tables.first?.result else {
        throw RunFailure(.queryExecutionFailed, "the query has no result", isPermanent: true)
      }
      if result.rowCount > Self.rowLimit {
        throw RunFailure(
          .queryExceededResultSize,
          "the result has \(result.rowCount) rows; a run takes at most \(Self.rowLimit)",
          isPermanent: false
        )
      }
      let rows = try RuleRows(result, rule, tenant: tenant)
      if rows.lacksImpactedEntity {
        throw RunFailure(
          .noImpactedEntity,
          "no row of the result names an impacted entity",
          isPermanent: true
        )
      }
      return rows
    } catch let rejection as QueryRejection {
      throw RunFailure(rejection, isPermanent: !bindsWithoutData(engine))
    } catch {
      throw RunFailure(error)
    }
  }

  /// Whether the text has no error before data are seen: columns of `bag_unpack` and its like
  /// depend on the events of the moment.
  private func bindsWithoutData(_ engine: HuntingEngine) -> Bool {
    !engine.check(SourceText(rule.query.text)).diagnostics.contains { $0.severity == .error }
  }

  /// The devices of the rule's groups; nil where it names none.
  private func devices(_ engine: HuntingEngine) throws -> [String]? {
    if rule.deviceGroups.isEmpty { return nil }
    let text = """
      declare query_parameters(groups: dynamic);
      DeviceInfo
      | summarize arg_max(Timestamp, MachineGroup) by DeviceId
      | where MachineGroup in~ (groups)
      | project DeviceId
      """
    let groups = Scalar.string(ByteString(StoredJSON.list(rule.deviceGroups)))
    let answer = try engine.run(
      SourceText(text),
      parameters: ["groups": groups],
      budget: makeBudget(engine)
    )
    var devices: [String] = []
    try answer.tables.first?.result.forEachRow { row in
      if case .string(let text) = row[0] {
        devices.append(String(decoding: text.bytes, as: UTF8.self))
      }
    }
    return devices
  }

  private func makeBudget(_ engine: HuntingEngine) -> QueryBudget {
    engine.makeBudget(memoryLimit: budget.memory, timeoutSeconds: budget.seconds)
  }
}

import Columnar

/// Makes scenarios of attacks and noise that depend on the seed and the settings only.
///
/// It knows nothing of how alerts are grouped, so that what it makes can judge that.
public struct AttackGenerator: Sendable {
  private let seed: UInt64
  private let settings: ScenarioSettings

  public init(seed: UInt64, settings: ScenarioSettings) {
    self.seed = seed
    self.settings = settings
  }

  /// Makes the scenario.
  public func scenario() -> GeneratedScenario {
    var alerts: [GeneratedAlert] = []
    var rows: [TelemetryRow] = []
    for tenant in settings.tenants {
      var generation = TenantGeneration(tenant: tenant, seed: seed, settings: settings)
      generation.run()
      alerts += generation.alerts
      rows += generation.rows
    }
    alerts.sort { ($0.created.ticks, $0.id) < ($1.created.ticks, $1.id) }
    return GeneratedScenario(alerts: alerts, rows: rows)
  }
}

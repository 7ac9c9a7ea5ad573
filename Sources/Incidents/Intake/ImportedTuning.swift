import Alerts
import DetectionRules

/// The tuning rules of tenants, read once in a transaction.
final class TenantTunings {
  private var known: [String: Tuning] = [:]

  func tuning(of tenant: String, _ writer: IncidentWriter) throws -> Tuning {
    if let found = known[tenant] { return found }
    let tuning = try Tuning(writer.database, tenant: tenant, at: writer.now)
    known[tenant] = tuning
    return tuning
  }
}

extension IncidentWriter {
  /// The tuning rule that does away with an alert of another product; nil where none does, and for
  /// one that is resolved there.
  func tuningRule(for alert: ImportedAlert, of tenant: String) throws -> TuningRule? {
    if alert.status == .resolved { return nil }
    return try tunings.tuning(of: tenant, self).rule(for: TunedAlert(alert))
  }
}

extension TunedAlert {
  fileprivate init(_ alert: ImportedAlert) {
    self.init(
      rule: "",
      title: alert.title,
      description: alert.description,
      severity: alert.severity,
      category: alert.category,
      techniques: alert.techniques,
      entities: alert.evidence.compactMap(\.entity),
      details: []
    )
  }
}

extension Evidence {
  /// What it is about; nil where that is none of our kinds.
  fileprivate var entity: Entity? {
    guard let kind = EntityKind(rawValue: kind) else { return nil }
    return Entity(
      kind,
      identifiers.map { ($0.name, $0.value) },
      isImpactedAsset: isImpacted
    )
  }
}

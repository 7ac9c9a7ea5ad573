import Alerts
import DetectionRules

extension Entity {
  /// Appends entities in an order of their own.
  static func append(_ entities: [Entity], to canonical: inout CanonicalBytes) {
    let parts = entities.map { entity in
      [entity.kind.rawValue] + entity.identifiers.flatMap { [$0.name, $0.value] }
    }
    let ordered = parts.sorted { $0.lexicographicallyPrecedes($1) }
    canonical.append(Int64(ordered.count))
    for part in ordered {
      canonical.append(Int64(part.count))
      for text in part { canonical.append(text) }
    }
  }
}

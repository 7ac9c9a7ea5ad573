import Columnar

/// Decides to which open incident an alert belongs, and which incidents it shows to be one.
///
/// It is the same for the same alerts in the same order: no clock and no chance are in it.
struct Correlator {
  /// An older alert that shares something with the new one.
  struct Candidate {
    let facts: CorrelationFacts
    let incident: Int64
    /// Each once.
    var shared: [LinkScore.Shared] = []
  }

  /// An incident that the alert is linked to, and by which alert of it.
  struct Link: Equatable {
    let incident: Int64
    let other: String
    let parts: [LinkScore.Part]
    let total: Double

    /// Why, each reason once.
    var reasons: String {
      var seen: Set<LinkReason> = []
      return parts.map(\.reason).filter { seen.insert($0).inserted }.map(\.rawValue)
        .joined(separator: ", ")
    }
  }

  /// The incidents that an alert is linked to, the best first.
  ///
  /// - Parameter candidates: alerts of open incidents; keys that too many incidents share are left
  ///   out of `shared`.
  static func links(of alert: CorrelationFacts, among candidates: [Candidate]) -> [Link] {
    var scored: [Int64: [Scored]] = [:]
    for candidate in candidates {
      let score = LinkScore(alert, candidate.facts, shared: candidate.shared)
      let one = Scored(alert: candidate.facts.alert, parts: score.parts, total: score.total)
      if one.total >= LinkWeights.support { scored[candidate.incident, default: []].append(one) }
    }
    return scored.compactMap { link(to: $0, $1) }.sorted {
      $0.total != $1.total ? $0.total > $1.total : $0.incident < $1.incident
    }
  }

  private struct Scored {
    let alert: String
    let parts: [LinkScore.Part]
    let total: Double
  }

  /// The best alert of an incident links to it; the next two support that.
  private static func link(to incident: Int64, _ scored: [Scored]) -> Link? {
    let best = scored.sorted {
      $0.total != $1.total ? $0.total > $1.total : $0.alert < $1.alert
    }
    let support = best.dropFirst().prefix(2).reduce(0) { $0 + $1.total }
    let total = best[0].total + LinkWeights.pooling * support
    if total < LinkWeights.threshold { return nil }
    return Link(incident: incident, other: best[0].alert, parts: best[0].parts, total: total)
  }
}

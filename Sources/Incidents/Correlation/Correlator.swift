import Columnar

/// Decides to which open incident an alert belongs, and which incidents it shows to be one.
///
/// It is the same for the same alerts in the same order: no clock and no chance are in it.
struct Correlator {
  /// An older alert that shares something with the new one.
  struct Candidate {
    let facts: CorrelationFacts
    let incident: Int64
    var shared: Set<CorrelationKey> = []
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
    var best: [Int64: Link] = [:]
    for candidate in candidates {
      let score = LinkScore(alert, candidate.facts, shared: candidate.shared)
      let total = score.total
      if total < LinkScore.threshold { continue }
      let link = Link(
        incident: candidate.incident,
        other: candidate.facts.alert,
        parts: score.parts,
        total: total
      )
      if let known = best[candidate.incident], !Self.isBetter(link, than: known) { continue }
      best[candidate.incident] = link
    }
    return best.values.sorted(by: isBetter)
  }

  private static func isBetter(_ left: Link, than right: Link) -> Bool {
    if left.total != right.total { return left.total > right.total }
    if left.incident != right.incident { return left.incident < right.incident }
    return left.other < right.other
  }
}

import Alerts
import Columnar
import GRDB
import Incidents

extension InvestigationWriter {
  /// How long a cluster is left alone after somebody approved actions on it.
  static let restOfClusters = TimeSpan.ticksPerHour

  /// Ends an investigation whose steps are done: with what it recommends, or with its verdict.
  ///
  /// - Parameter lacking: tables that are not there, without which it does not say that there is no
  ///   threat.
  func conclude(_ investigation: Investigation, lacking: [String]) throws {
    guard let investigation = try self.investigation(investigation.id),
      investigation.status == .running
    else { return }
    var entities = try entities(of: investigation.id)
    let clusters = MailCluster.clusters(of: entities)
    raiseSuspicion(of: clusters, in: &entities)
    let resting = try clusters.map { try wasApproved($0, investigation.tenant) }
    let wanted = Recommendation.all(
      for: entities,
      clusters: clusters,
      levels: try AutomationLevels(incidents, investigation.tenant)
    )
    let blocked = try blockedURLs(among: entities, of: investigation.tenant)
    let kept = wanted.filter { item in
      (item.cluster.map { !resting[$0] } ?? true) && !blocked.contains(item.entity.key)
    }
    try keep(clusters, of: investigation)
    let made = try propose(kept, for: investigation)
    for index in entities.indices {
      var entity = entities[index]
      if entity.verdict == .malicious {
        entity.remediation =
          blocked.contains(entity.key) ? "blocked" : remediation(of: entity)
      }
      entities[index] = entity
      try update(entity, of: investigation.id)
    }
    if made > 0 {
      try set(.pendingAction, of: investigation, detail: Self.recommended(made))
      try follow(investigation.id)
    } else {
      let rests = wanted.contains { $0.cluster.map { resting[$0] } ?? false }
      let (status, detail) = try verdict(investigation, entities, rests: rests, lacking)
      try set(status, of: investigation, detail: detail)
    }
    try updateEvidence(of: investigation)
    try addEvidence(of: investigation)
  }

  private static func recommended(_ count: Int) -> String {
    count == 1 ? "1 action is recommended" : "\(count) actions are recommended"
  }

  /// Mails of a cluster with a threat are odd themselves.
  private func raiseSuspicion(
    of clusters: [MailCluster],
    in entities: inout [InvestigationEntity]
  ) {
    let keys = Set(clusters.flatMap(\.mails).map(\.key))
    for index in entities.indices
    where entities[index].kind == .mail && keys.contains(entities[index].key) {
      entities[index].verdict = max(entities[index].verdict, .suspicious)
    }
  }

  /// The keys of URLs that the tenant's list blocks already.
  private func blockedURLs(
    among entities: [InvestigationEntity],
    of tenant: String
  ) throws -> Set<String> {
    let list = DeliveryFilter(try incidents.entries(of: [tenant]), at: incidents.now)
    let urls = entities.filter { entity in
      var mail = ArrivingMail()
      mail.urls = entity["url"].map { [$0] } ?? []
      return entity.kind == .url && list.effect(on: mail).location == .quarantine
    }
    return Set(urls.map(\.key))
  }

  /// What is to be said of a threat for which nothing is recommended.
  private func remediation(of entity: InvestigationEntity) -> String {
    entity.kind == .mail && entity.location.isHarmless ? "remediated" : "unremediated"
  }

  private func verdict(
    _ investigation: Investigation,
    _ entities: [InvestigationEntity],
    rests: Bool,
    _ lacking: [String]
  ) throws -> (InvestigationStatus, String) {
    let steps = try incidents.rows(
      "SELECT found, is_failed FROM investigation_steps WHERE investigation = ? ORDER BY position",
      [investigation.id]
    )
    let failures = steps.filter { $0["is_failed"] }.count
    if failures > 0 { return (.partiallyInvestigated, "\(failures) steps failed") }
    let threats = entities.filter(\.verdict.isThreat)
    if rests {
      return (.partiallyInvestigated, "actions on the mails were approved within the last hour")
    }
    if threats.isEmpty {
      let isSeen = (steps.first?["found"] ?? 0) > 0
      if isSeen, lacking.isEmpty { return (.noThreatsFound, "") }
      if isSeen {
        let tables = lacking.joined(separator: ", ")
        return (.partiallyInvestigated, "no threat was found, but there are no rows of \(tables)")
      }
      return (.partiallyInvestigated, "the tables do not have what the alert is about")
    }
    let bad = threats.filter { $0.verdict == .malicious }
    if !bad.isEmpty, bad.allSatisfy({ ["remediated", "blocked"].contains($0.remediation) }) {
      return (.remediated, "nothing of it is left in a mailbox")
    }
    return (.partiallyInvestigated, "threats were found; no action is recommended")
  }

  // MARK: Clusters and actions

  /// Keeps the clusters with their sizes of now.
  private func keep(_ clusters: [MailCluster], of investigation: Investigation) throws {
    for (position, cluster) in clusters.enumerated() {
      try incidents.run(
        """
        INSERT OR REPLACE INTO investigation_clusters (investigation, position, tenant, key, name,
          mails, threat, approval)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          investigation.id, position, investigation.tenant, cluster.key, cluster.name,
          cluster.mails.count, cluster.threat, approval(position, investigation),
        ]
      )
    }
  }

  /// What the actions on a cluster have in common.
  private func approval(_ cluster: Int, _ investigation: Investigation) -> String {
    "\(investigation.tenant)/investigation-\(investigation.reference.number)/\(cluster + 1)"
  }

  /// Whether somebody approved actions on a cluster a short while ago.
  private func wasApproved(_ cluster: MailCluster, _ tenant: String) throws -> Bool {
    try !incidents.rows(
      """
      SELECT 1 FROM investigation_clusters AS clusters
      JOIN actions ON actions.investigation = clusters.investigation
        AND actions.approval = clusters.approval
      WHERE clusters.tenant = ? AND clusters.key = ? AND actions.decided >= ?
        AND actions.status IN ('queued', 'approved', 'running', 'completed',
          'alreadyInDestination', 'failed', 'mayHaveRun')
      LIMIT 1
      """,
      [tenant, cluster.key, incidents.now.ticks - Self.restOfClusters]
    )
    .isEmpty
  }

  /// Asks for actions; how many are not done yet. What another investigation asked for, such as
  /// that of another alert of a campaign, is its action too.
  private func propose(_ wanted: [Recommendation], for investigation: Investigation) throws -> Int {
    var made = 0
    for item in wanted {
      let known = item.entity.identifiers.map { ($0.name, $0.value) }
      guard let target = try? ActionTarget(item.kind, known) else { continue }
      var request = ActionRequest(
        item.kind,
        on: target,
        of: investigation.tenant,
        source: .automated(item.kind)
      )
      request.parameters = item.parameters
      request.approval = item.cluster.map { approval($0, investigation) } ?? ""
      request.name = item.name
      request.needsApproval = item.needsApproval
      request.alert = investigation.alert
      request.investigation = investigation.id
      switch try response.propose(request, by: .investigation) {
      case .made: made += 1
      case .waits(let id):
        try share(id, with: investigation)
        made += 1
      case .known: break
      }
    }
    return made
  }
}

import Incidents

/// Mails that belong together and among which there is a threat, as they were when the
/// investigation ended.
struct MailCluster: Equatable {
  /// What tells it in its tenant.
  let key: String
  let name: String
  /// What was found in it.
  let threat: String
  /// All of its mails, wherever they are.
  var mails: [InvestigationEntity]

  /// The clusters among mails with a threat for which actions are recommended; each mail is in one.
  static func clusters(of entities: [InvestigationEntity]) -> [MailCluster] {
    let mails = entities.filter { $0.kind == .mail }
    var clusters: [MailCluster] = []
    var taken: Set<String> = []
    func take(_ prefix: String, _ title: String, _ value: (InvestigationEntity) -> String?) {
      let groups = Dictionary(grouping: mails) { value($0) ?? "" }
      for (value, all) in groups.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
        guard let bad = all.first(where: { $0.verdict == .malicious }) else { continue }
        let own = all.filter { !taken.contains($0.key) }
        if own.isEmpty { continue }
        taken.formUnion(own.map(\.key))
        clusters.append(
          MailCluster(
            key: prefix + value,
            name: title + " " + value.replacing("\n", with: ": "),
            threat: bad.facts["threat"] ?? "",
            mails: own
          )
        )
      }
    }
    take("topic:", "mails of", topic)
    take("cluster:", "mails of the cluster") { $0.facts["cluster"] }
    take("mail:", "mail") { $0.verdict == .malicious ? $0["networkMessageId"] : nil }
    return clusters
  }

  /// Sender and subject; nil where a mail lacks one.
  private static func topic(_ mail: InvestigationEntity) -> String? {
    guard let sender = mail.facts["sender"], let subject = mail.facts["subject"],
      !sender.isEmpty, !subject.isEmpty
    else { return nil }
    return sender.lowercased() + "\n" + subject.lowercased()
  }
}

/// What an investigation wants to have done.
struct Recommendation: Equatable {
  let kind: ActionKind
  let entity: InvestigationEntity
  var parameters: [String: String] = [:]
  /// The place of the cluster that it is about; nil where it is about none.
  var cluster: Int?
  var name = ""
  var needsApproval = true

  /// The same for the mails of clusters and for all else.
  static func all(
    for entities: [InvestigationEntity],
    clusters: [MailCluster],
    levels: AutomationLevels
  ) -> [Recommendation] {
    let mails = clusters.enumerated().flatMap { place, cluster in
      cluster.mails.filter(\.location.isCloudMailbox).map { mail in
        Recommendation(
          kind: .softDelete,
          entity: mail,
          parameters: ["cluster": cluster.name, "clusterSize": "\(cluster.mails.count)"],
          cluster: place,
          name: "Soft delete \(cluster.name)"
        )
      }
    }
    let groups = Dictionary(
      entities.filter { $0.kind == .device }.map { ($0["deviceId"] ?? "", $0.facts["group"]) },
      uniquingKeysWith: { first, _ in first }
    )
    return mails
      + entities.flatMap { entity -> [Recommendation] in
        let device = groups[entity["deviceId"] ?? ""] ?? nil
        return kinds(for: entity).compactMap { kind in
          var wanted = Recommendation(kind: kind, entity: entity)
          if kind == .isolateDevice { wanted.parameters = [ActionKind.isolationType: "full"] }
          guard kind.subject == .device || kind.subject == .file else { return wanted }
          let level = levels.level(ofGroup: device)
          wanted.needsApproval = level != .full
          return level == .none ? nil : wanted
        }
      }
  }

  /// What is to be done with something that is no mail.
  private static func kinds(for entity: InvestigationEntity) -> [ActionKind] {
    switch (entity.kind, entity.verdict) {
    case (.url, .malicious): [.blockUrl]
    case (.file, .malicious): entity["deviceId"] == nil ? [] : [.stopAndQuarantineFile]
    case (.device, .malicious): [.isolateDevice, .runAntivirusScan]
    case (.device, .suspicious): [.runAntivirusScan]
    case (.user, .malicious): [.forceUserPasswordReset]
    case (.inboxRule, .malicious): [.removeInboxRule]
    case (.app, .malicious): [.revokeAppConsent]
    default: []
    }
  }
}

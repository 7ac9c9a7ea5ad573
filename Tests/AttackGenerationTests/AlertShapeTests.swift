import AttackGeneration
import Columnar
import StructuredText
import Testing

/// Alerts have the shape and the literals of Graph's `alerts_v2`.
struct AlertShapeTests {
  private static let sources: Set<String> = [
    "microsoftDefenderForEndpoint", "microsoftDefenderForIdentity",
    "microsoftDefenderForCloudApps", "microsoftDefenderForOffice365",
    "azureAdIdentityProtection", "microsoftAppGovernance", "dataLossPrevention",
    "microsoftInsiderRiskManagement",
  ]
  private static let detections: Set<String> = [
    "microsoftDefenderForEndpoint", "antivirus", "microsoftDefenderForOffice365",
    "microsoftDefenderForIdentity", "cloudAppSecurity", "azureAdIdentityProtection",
    "microsoftDataLossPrevention", "appGovernanceDetection", "microsoftInsiderRiskManagement",
  ]
  private static let types: Set<String> = [
    "user", "mailbox", "device", "file", "process", "ip", "url", "analyzedMessage",
    "cloudApplication", "oauthApplication",
  ]
  private static let roles: Set<String> = [
    "source", "destination", "compromised", "attacked", "attacker", "commandAndControl",
    "policyViolator",
  ]

  @Test("fields and literals", arguments: 0..<2 as Range) func shape(seed: UInt64) throws {
    var sources: Set<String> = []
    for alert in Scenarios.scenario(seed: seed).alerts {
      let node = try Scenarios.document(alert.json)
      sources.insert(node["serviceSource"]?.text ?? "")
      #expect(Self.detections.contains(node["detectionSource"]?.text ?? ""))
      #expect(["informational", "low", "medium", "high"].contains(node["severity"]?.text))
      #expect(node["status"]?.text == "new")
      #expect(node["classification"]?.text == "unknown")
      #expect(node["determination"]?.text == "unknown")
      #expect(node["tenantId"]?.text == alert.tenant)
      #expect(node["title"]?.text?.isEmpty == false)
      #expect(node["category"]?.text?.isEmpty == false)
      let provider = try #require(node["providerAlertId"]?.text)
      #expect(alert.id.dropFirst(2) == provider)
      for technique in node["mitreTechniques"]?.items ?? [] {
        #expect(technique.text?.wholeMatch(of: #/T\d{4}(\.\d{3})?/#) != nil)
      }
      try checkEvidence(node)
    }
    #expect(sources.isSubset(of: Self.sources) && sources.count >= 6)
  }

  private func checkEvidence(_ alert: DocumentNode) throws {
    let evidence = try #require(alert["evidence"]?.items)
    #expect(!evidence.isEmpty)
    let known = Self.types.reduce(0) { $0 + alert.evidence($1).count }
    #expect(known == evidence.count)
    for item in evidence {
      #expect(["unknown", "suspicious", "malicious"].contains(item["verdict"]?.text))
      let roles = item["roles"]?.items ?? []
      #expect(roles.allSatisfy { Self.roles.contains($0.text ?? "") })
    }
    for file in alert.evidence("file") {
      let details = try #require(file["fileDetails"])
      #expect(details["sha1"]?.text?.count == 40 && details["sha256"]?.text?.count == 64)
    }
    for mail in alert.evidence("analyzedMessage") {
      #expect(mail["networkMessageId"]?.text?.count == 36)
    }
    let isIdentity = alert["serviceSource"]?.text == "microsoftDefenderForIdentity"
    for device in alert.evidence("device") {
      #expect(device["mdeDeviceId"]?.text?.count == (isIdentity ? nil : 40))
      #expect(device["deviceDnsName"]?.text != nil)
    }
  }

  @Test("times follow each other and stay in the span", arguments: 0..<2 as Range)
  func times(seed: UInt64) throws {
    let settings = Scenarios.settings()
    let scenario = Scenarios.scenario(seed: seed, settings)
    var before = settings.start
    for alert in scenario.alerts {
      let node = try Scenarios.document(alert.json)
      func time(_ key: String) throws -> DateTime {
        try #require(DateTime(parsing: Array((node[key]?.text ?? "").utf8)))
      }
      let created = try time("createdDateTime")
      #expect(created == alert.created && created >= before)
      before = created
      let (first, last) = (try time("firstActivityDateTime"), try time("lastActivityDateTime"))
      #expect(settings.start <= first && first <= last && last <= created)
      #expect(created.since(settings.end).ticks < 6 * TimeSpan.ticksPerHour)
    }
  }

  @Test("noise shares devices, people and generic accounts with attacks")
  func glue() throws {
    var settings = Scenarios.settings(["contoso"])
    settings.attacksPerFamily = 2
    let scenario = Scenarios.scenario(seed: 7, settings)
    let noise = scenario.alerts.filter { $0.truth.attackId == nil }
    let attacks = scenario.alerts.filter { $0.truth.attackId != nil }
    #expect(noise.count > attacks.count / 4)
    #expect(!Set(noise.flatMap(\.deviceIds)).isDisjoint(with: attacks.flatMap(\.deviceIds)))
    let noiseNodes = try noise.map { try Scenarios.document($0.json) }
    let attackNodes = try attacks.map { try Scenarios.document($0.json) }
    func texts(_ alerts: [DocumentNode], _ type: String, _ path: [String]) -> Set<String> {
      var found: Set<String> = []
      for alert in alerts {
        for item in alert.evidence(type) {
          let value = path.reduce(item as DocumentNode?) { $0?[$1] }
          if let text = value?.text { found.insert(text) }
        }
      }
      return found
    }
    for (type, path) in [
      ("user", ["userAccount", "userPrincipalName"]), ("user", ["userAccount", "userSid"]),
      ("file", ["fileDetails", "sha256"]), ("ip", ["ipAddress"]),
    ] {
      let shared = texts(noiseNodes, type, path).intersection(texts(attackNodes, type, path))
      #expect(!shared.isEmpty, "\(type) \(path)")
    }
    #expect(texts(noiseNodes, "user", ["userAccount", "userSid"]).contains("S-1-5-18"))
  }

  @Test("attackers use some of what they have at several tenants")
  func sharedCampaigns() throws {
    var tenants: [String: Set<String>] = [:]
    for seed in 0..<4 as Range<UInt64> {
      var settings = Scenarios.settings(families: [.phishingPayload, .phishingCredentials])
      settings.attacksPerFamily = 2
      let alerts = Scenarios.scenario(seed: seed, settings).alerts
      for alert in alerts where alert.truth.attackId != nil {
        for mail in try Scenarios.document(alert.json).evidence("analyzedMessage") {
          let sender = mail["p1Sender"]?["domainName"]?.text ?? ""
          tenants[sender, default: []].insert(alert.tenant)
        }
      }
    }
    #expect(tenants.values.contains { $0.count == 2 })
    #expect(tenants.values.contains { $0.count == 1 })
  }
}

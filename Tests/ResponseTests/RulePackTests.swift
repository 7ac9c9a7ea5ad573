import Alerts
import AttackGeneration
import Columnar
import DetectionRules
import Detections
import StructuredText
import Testing

@testable import Response

/// N35: the shipped packs find their attacks among what honest people do, and what they find is
/// investigated to the end.
struct RulePackTests {
  private let pack: RulePackWorld

  init() throws { pack = try RulePackWorld() }

  private func attack(
    _ family: AttackFamily,
    seed: UInt64,
    _ rules: RulePack
  ) throws -> PackScenario {
    let scenario = PackScenario([family], seed: seed, until: pack.yesterday)
    try pack.detect(rules, over: scenario)
    return scenario
  }

  @Test(
    "N35: each click on a phishing link alerts; its mails are deleted, its address is blocked",
    arguments: [AttackFamily.phishingCredentials, .phishingPayload]
  ) func phishing(_ family: AttackFamily) throws {
    let scenario = try attack(family, seed: 11, .phishing)
    let title = "A link that an unproven sender sent to several people was clicked"
    let clicks = try scenario.attackRows(.urlClicks)
    let landing = try scenario.landing()
    #expect(!clicks.isEmpty)
    #expect(try pack.alerts(title).count == clicks.count)
    #expect(try pack.alerts().count == clicks.count)
    #expect(
      Set(try pack.named(.account, "FullName", by: title)) == clicks.texts("AccountUpn")
    )
    #expect(Set(try pack.named(.url, "Url", by: title)) == [landing])
    try pack.investigate(.phishing)
    #expect(try pack.malicious(.url, "url") == [landing])
    let mails = try scenario.attackRows(.emailUrls).filter { $0["Url"]?.text == landing }
      .texts("NetworkMessageId")
    let wanted = try scenario.attackRows(.emails).compactMap { row -> String? in
      guard let id = row["NetworkMessageId"]?.text, mails.contains(id),
        let recipient = row["RecipientEmailAddress"]?.text
      else { return nil }
      return "softDelete networkMessageId=\(id) recipientEmailAddress=\(recipient)"
    }
    // Those whom the attacker has the password of are the ones who followed the link.
    let lost = try scenario.attackSignIns(areDone: true).texts("AccountUpn")
    #expect(lost.isEmpty == (family == .phishingPayload))
    let resets = lost.map { "forceUserPasswordReset accountUpn=\($0)" }
    #expect(
      try Set(pack.actions()) == Set(wanted).union(resets).union(["blockUrl url=\(landing)"])
    )
  }

  @Test("N35: a spray names all who were tried; who fell gets a new password, and nobody else")
  func spray() throws {
    let scenario = try attack(.passwordSpray, seed: 12, .passwordSpray)
    let tries = try scenario.attackSignIns(areDone: false)
    let title = "Passwords of many accounts were tried from one address"
    #expect(try pack.alerts(title).map(\.eventCount) == [tries.count])
    #expect(Set(try pack.named(.account, "FullName", by: title)) == tries.texts("AccountUpn"))
    #expect(Set(try pack.named(.ip, "Address", by: title)) == tries.texts("IPAddress"))

    let victims = try scenario.attackSignIns(areDone: true).texts("AccountUpn")
    let worked = "Sign-in from an address that tried passwords of many accounts"
    #expect(victims.count == 1)
    #expect(Set(try pack.named(.account, "FullName", by: worked)) == victims)
    try pack.investigate(.passwordSpray)
    #expect(try pack.malicious(.ip, "address") == tries.texts("IPAddress"))
    #expect(try pack.malicious(.user, "accountUpn") == victims)
    let rules = try scenario.attackActivities("New-InboxRule").compactMap { row -> String? in
      guard let user = row["RawEventData"]?["UserId"]?.text, let name = row["ObjectName"]?.text
      else { return nil }
      return "removeInboxRule mailboxPrimaryAddress=\(user) ruleName=\(name)"
    }
    #expect(
      try Set(pack.actions())
        == Set(victims.map { "forceUserPasswordReset accountUpn=\($0)" } + rules)
    )
  }

  @Test("N35: what people gave a bad app is to be revoked; other apps keep what they have")
  func consent() throws {
    let scenario = try attack(.consentGrant, seed: 13, .appConsent)
    let consents = try scenario.attackActivities("Consent to application.")
    let reads = try scenario.attackActivities("MailItemsAccessed")
    let given = "Access given to a powerful app that nobody vouches for"
    let read = "A powerful app that nobody vouches for reads mail"
    #expect(!consents.isEmpty && !reads.isEmpty)
    #expect(try pack.named(.account, "FullName", by: given).sorted() == consents.users.sorted())
    #expect(
      try pack.named(.oAuthApplication, "OAuthAppId", by: given).count == consents.users.count
    )
    #expect(
      try Set(pack.named(.mailbox, "MailboxPrimaryAddress", by: read)) == reads.users
    )
    try pack.investigate(.appConsent)
    #expect(try pack.malicious(.app, "appId") == consents.texts("OAuthAppId"))
    #expect(
      try Set(pack.actions())
        == Set(consents.texts("OAuthAppId").map { "revokeAppConsent appId=\($0)" })
    )
  }

  @Test("N35: two days without an attack raise no alert", arguments: RulePack.allCases)
  func quiet(_ rules: RulePack) throws {
    try pack.detect(rules, over: PackScenario([], seed: 14, until: pack.yesterday))
    #expect(try pack.alerts().map(\.title) == [])
    try pack.investigate(rules)
    #expect(try pack.world.all().isEmpty)
  }

  @Test("the title of each rule of a pack starts a playbook of it", arguments: RulePack.allCases)
  func triggers(_ pack: RulePack) throws {
    let rules = try pack.rules().map(\.rule)
    #expect(rules.count == 2)
    for rule in rules {
      let title = rule.title.source
      let trigger = PlaybookTrigger.first(title: title, service: "x", category: "x")
      #expect(trigger.map { pack.playbooks.contains($0.playbook) } == true, "\(title)")
    }
  }
}

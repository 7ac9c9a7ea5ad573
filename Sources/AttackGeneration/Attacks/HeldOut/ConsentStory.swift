/// People allow an application of the attacker to read their mail.
struct ConsentStory {
  let app: OAuthApp
  let infrastructure: AttackerInfrastructure

  private static let lure = AlertKind(
    .office365,
    .informational,
    "InitialAccess",
    "Email messages from a campaign removed after delivery",
    ["T1566"]
  )
  private static let misleading = AlertKind(
    .cloudApps,
    .medium,
    "Persistence",
    "Misleading OAuth app name",
    ["T1528", "T1550.001"]
  )
  private static let unusualConsent = AlertKind(
    .appGovernance,
    .medium,
    "CredentialAccess",
    "Unusual consent to an app with broad mail permissions",
    ["T1528"]
  )
  private static let mailAccess = AlertKind(
    .appGovernance,
    .high,
    "Collection",
    "Suspicious OAuth app email activity through Graph API",
    ["T1114.002"]
  )
  private static let download = AlertKind(
    .cloudApps,
    .high,
    "Exfiltration",
    "Suspicious OAuth app file download activities",
    ["T1530"]
  )

  static func tell(_ writer: inout StoryWriter, _ infrastructure: AttackerInfrastructure) {
    let name = writer.random.pick("Mail Sync", ["PDF Signer", "Calendar Plus", "Team Notes"])
    let app = OAuthApp(
      appId: writer.random.identifier(),
      objectId: writer.random.identifier(),
      name: name + " " + String(writer.random.number(2...99)),
      publisher: infrastructure.senderDomain
    )
    let story = ConsentStory(app: app, infrastructure: infrastructure)
    let people = writer.somePeople(writer.random.number(1...4))
    story.lure(people, &writer)
    for person in people { story.consent(person, &writer) }
    for person in people { story.read(person, &writer) }
    story.takeFiles(people, &writer)
  }

  private func lure(_ people: [Account], _ writer: inout StoryWriter) {
    let content = MailContent(
      sender: infrastructure.senders.first,
      senderName: infrastructure.senderName,
      senderAddress: infrastructure.addresses.first,
      subject: infrastructure.subject,
      urls: ["https://login.microsoftonline.com/common/oauth2/authorize?client_id=" + app.appId]
    )
    var evidence: [Evidence] = []
    for person in people {
      let mail = writer.mail(content, to: person)
      evidence += [.mail(mail), .mailbox(person)]
    }
    writer.raise(Self.lure, "lure", seen: 0.5, evidence + content.urls.map { .url($0) })
  }

  private func consent(_ person: Account, _ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    writer.raise(
      writer.random.pick(Self.misleading, [Self.unusualConsent]),
      "consent",
      seen: 0.6,
      [.account(person), .oauthApp(app), .cloudApp(.office)]
    )
  }

  private func read(_ person: Account, _ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    writer.raise(
      Self.mailAccess,
      "mailbox exfiltration",
      seen: 0.6,
      [.oauthApp(app), .account(person), .mailbox(person), .cloudApp(.exchange)]
    )
  }

  private func takeFiles(_ people: [Account], _ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    writer.raise(
      Self.download,
      "file exfiltration",
      [
        .oauthApp(app), .address(infrastructure.addresses[around: 1]), .cloudApp(.sharePoint),
      ] + people.prefix(1).map { .account($0) }
    )
  }
}

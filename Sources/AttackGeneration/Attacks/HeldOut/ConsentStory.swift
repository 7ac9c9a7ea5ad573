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
    for (number, person) in people.enumerated() {
      story.consent(person, isFirst: number == 0, &writer)
    }
    for person in people { story.read(person, &writer) }
    story.takeFiles(people, &writer)
  }

  private func lure(_ people: [Account], _ writer: inout StoryWriter) {
    let content = MailContent(
      sender: infrastructure.senders.first,
      senderName: infrastructure.senderName,
      senderAddress: infrastructure.addresses.first,
      subject: infrastructure.subject,
      urls: ["https://login.microsoftonline.com/common/oauth2/authorize?client_id=" + app.appId],
      authentication: .noPolicy
    )
    var evidence: [Evidence] = []
    for person in people {
      let mail = writer.mail(content, to: person)
      writer.tellAside { $0.logMail(mail) }
      evidence += [.mail(mail), .mailbox(person)]
    }
    writer.raise(Self.lure, "lure", seen: 0.5, evidence + content.urls.map { .url($0) })
  }

  private func consent(_ person: Account, isFirst: Bool, _ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    writer.tellAside { aside in
      aside.logConsent(to: app, by: person)
      if isFirst { aside.logDaily(app) }
    }
    writer.raise(
      writer.random.pick(Self.misleading, [Self.unusualConsent]),
      "consent",
      seen: 0.6,
      [.account(person), .oauthApp(app), .cloudApp(.office)]
    )
  }

  private func read(_ person: Account, _ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    writer.tellAside { read(mailOf: person, &$0) }
    writer.raise(
      Self.mailAccess,
      "mailbox exfiltration",
      seen: 0.6,
      [.oauthApp(app), .account(person), .mailbox(person), .cloudApp(.exchange)]
    )
  }

  /// The app goes through the mails of a person, some at a time.
  private func read(mailOf person: Account, _ writer: inout StoryWriter) {
    for _ in 0..<writer.random.number(3...9) {
      writer.logMailAccess(by: app, to: person, from: infrastructure.addresses[around: 1])
      writer.pass(seconds: writer.random.number(20...600))
    }
  }

  private func takeFiles(_ people: [Account], _ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    writer.tellAside { download(filesOf: people.prefix(1), &$0) }
    writer.raise(
      Self.download,
      "file exfiltration",
      [
        .oauthApp(app), .address(infrastructure.addresses[around: 1]), .cloudApp(.sharePoint),
      ] + people.prefix(1).map { .account($0) }
    )
  }

  private func download(filesOf people: ArraySlice<Account>, _ writer: inout StoryWriter) {
    for person in people {
      for _ in 0..<writer.random.number(5...30) {
        writer.logDownload(by: app, of: person, from: infrastructure.addresses[around: 1])
        writer.pass(seconds: writer.random.number(2...40))
      }
    }
  }
}

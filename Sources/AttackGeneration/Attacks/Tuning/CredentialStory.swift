/// Phishing for credentials by a proxy between victim and sign-in page, then theft from the cloud.
struct CredentialStory {
  let campaign: PhishingCampaign

  private static let token = AlertKind(
    .entraProtection,
    .high,
    "CredentialAccess",
    "Anomalous Token",
    ["T1539", "T1557"]
  )
  private static let unfamiliar = AlertKind(
    .entraProtection,
    .medium,
    "InitialAccess",
    "Unfamiliar sign-in properties",
    ["T1078.004"]
  )
  private static let country = AlertKind(
    .cloudApps,
    .medium,
    "InitialAccess",
    "Activity from infrequent country",
    ["T1078.004"]
  )
  private static let mailing = AlertKind(
    .office365,
    .medium,
    "LateralMovement",
    "Suspicious email sending patterns detected",
    ["T1534"]
  )
  private static let download = AlertKind(
    .cloudApps,
    .medium,
    "Exfiltration",
    "Mass download by a single user",
    ["T1530"]
  )

  static func tell(_ writer: inout StoryWriter, _ infrastructure: AttackerInfrastructure) {
    let story = CredentialStory(campaign: PhishingCampaign.send(infrastructure, &writer))
    for mail in story.campaign.clicked.all { story.signIn(as: mail.recipient, &writer) }
    let first = story.campaign.clicked.first.recipient
    let next = story.mailColleagues(as: first, &writer)
    if let next { story.signIn(as: next, &writer) }
    story.download(as: next ?? first, &writer)
  }

  /// The attacker signs in with a stolen session.
  private func signIn(as person: Account, _ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    let address = campaign.infrastructure.addresses[around: writer.random.number(1...2)]
    writer.logSignIn(person, from: address, [("Application", "Microsoft 365")])
    writer.tellAside { aside in
      aside.logSignIn(
        person,
        CloudSignIn(byAttackerAt: address, risk: aside.random.pick(50, [100]))
      )
    }
    let evidence: [Evidence] = [.account(person, "compromised"), .address(address, "attacker")]
    writer.raise(Self.token, "sign-in", seen: 0.5, evidence)
    writer.raise(Self.unfamiliar, "sign-in", seen: 0.5, evidence)
    writer.raise(Self.country, "sign-in", seen: 0.4, evidence + [.cloudApp(.office)])
  }

  /// The taken account sends the link on; a colleague may follow it.
  private func mailColleagues(as person: Account, _ writer: inout StoryWriter) -> Account? {
    writer.waitAsAttackersDo()
    let colleagues = writer.somePeople(writer.random.number(3...8)).filter { $0 != person }
    let content = MailContent(
      sender: person.mailbox ?? person.name,
      senderName: person.displayName,
      senderAddress: writer.world.egressAddress,
      subject: "FW: " + campaign.infrastructure.subject,
      urls: [campaign.infrastructure.landing]
    )
    var mails: [MailArtifact] = []
    for colleague in colleagues {
      let mail = writer.mail(content, to: colleague)
      writer.logMail(mail)
      mails.append(mail)
    }
    writer.raise(
      Self.mailing,
      "lateral movement",
      [.account(person), .mailbox(person)] + mails.prefix(3).map { .mail($0) }
    )
    guard let follower = mails.first, writer.random.chance(0.6) else { return nil }
    writer.waitAsAttackersDo()
    writer.logClick(campaign.infrastructure.landing, in: follower)
    return follower.recipient
  }

  private func download(as person: Account, _ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    writer.raise(
      Self.download,
      "exfiltration",
      seen: 0.8,
      [
        .account(person), .address(campaign.infrastructure.addresses[around: 2]),
        .cloudApp(.sharePoint),
      ]
    )
  }
}

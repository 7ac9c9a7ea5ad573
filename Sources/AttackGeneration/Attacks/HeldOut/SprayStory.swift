/// Few passwords tried on many accounts; one account falls and is used for fraud.
struct SprayStory {
  let addresses: NonEmpty<String>
  let victim: Account

  private static let spray = AlertKind(
    .entraProtection,
    .high,
    "CredentialAccess",
    "Password spray",
    ["T1110.003"]
  )
  private static let failures = AlertKind(
    .cloudApps,
    .low,
    "CredentialAccess",
    "Multiple failed login attempts",
    ["T1110"]
  )
  private static let anonymous = AlertKind(
    .entraProtection,
    .medium,
    "InitialAccess",
    "Anonymous IP address",
    ["T1078.004", "T1090"]
  )
  private static let inboxRule = AlertKind(
    .cloudApps,
    .high,
    "DefenseEvasion",
    "Suspicious inbox manipulation rule",
    ["T1564.008"]
  )
  private static let forwarding = AlertKind(
    .office365,
    .low,
    "Collection",
    "Creation of forwarding/redirect rule",
    ["T1114.003"]
  )
  private static let fraud = AlertKind(
    .office365,
    .high,
    "Impact",
    "BEC financial fraud",
    ["T1534", "T1657"]
  )

  static func tell(_ writer: inout StoryWriter, _ infrastructure: AttackerInfrastructure) {
    let targets = writer.somePeople(writer.random.number(3...7))
    let story = SprayStory(
      addresses: infrastructure.addresses,
      victim: targets.first ?? writer.world.people.first
    )
    writer.tellAside { story.tryPasswords(of: targets, &$0) }
    for target in targets { story.attempt(target, &writer) }
    story.takeOver(&writer)
    story.hideAnswers(&writer)
    story.askForMoney(&writer)
  }

  private func attempt(_ target: Account, _ writer: inout StoryWriter) {
    writer.wait(.minutes)
    let address = writer.random.pick(addresses)
    writer.raise(
      Self.spray,
      "spray",
      seen: 0.5,
      [.account(target, "attacked"), .address(address, "attacker")]
    )
    writer.raise(
      Self.failures,
      "spray",
      seen: 0.25,
      [.account(target), .address(address), .cloudApp(.office)]
    )
  }

  private func takeOver(_ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    writer.tellAside { $0.logSignIn(victim, CloudSignIn(byAttackerAt: addresses.first, risk: 100)) }
    writer.raise(
      Self.anonymous,
      "takeover",
      seen: 0.8,
      [.account(victim, "compromised"), .address(addresses.first)]
    )
  }

  private func hideAnswers(_ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    writer.tellAside { $0.logInboxRule(of: victim, from: addresses.first) }
    writer.raise(
      Self.inboxRule,
      "inbox rule",
      [.account(victim), .mailbox(victim), .address(addresses.first), .cloudApp(.exchange)]
    )
    writer.raise(
      Self.forwarding,
      "inbox rule",
      seen: 0.4,
      [.account(victim), .mailbox(victim)]
    )
  }

  private func askForMoney(_ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    let content = MailContent(
      sender: victim.mailbox ?? victim.name,
      senderName: victim.displayName,
      senderAddress: writer.world.egressAddress,
      subject: "Changed bank details " + String(writer.random.number(100...9_999)),
      urls: []
    )
    for recipient in writer.somePeople(writer.random.number(1...3)) where recipient != victim {
      let mail = writer.mail(content, to: recipient)
      writer.tellAside { $0.logMail(mail) }
      writer.raise(
        Self.fraud,
        "fraud mail",
        seen: 0.75,
        [.account(victim), .mailbox(recipient), .mail(mail)]
      )
      writer.wait(.minutes)
    }
  }
}

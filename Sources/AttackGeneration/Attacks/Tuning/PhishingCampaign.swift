/// The mails of an attack: to many people, of whom few click.
struct PhishingCampaign {
  let infrastructure: AttackerInfrastructure
  /// Mails to people who clicked; at least one.
  private(set) var clicked: NonEmpty<MailArtifact>

  private static let delivered = AlertKind(
    .office365,
    .medium,
    "InitialAccess",
    "Email messages containing malicious URL removed after delivery",
    ["T1566", "T1566.002"]
  )
  private static let reported = AlertKind(
    .office365,
    .low,
    "InitialAccess",
    "Email reported by user as malware or phish",
    ["T1566"]
  )
  private static let click = AlertKind(
    .office365,
    .high,
    "InitialAccess",
    "A potentially malicious URL click was detected",
    ["T1566.002", "T1204.001"]
  )
  private static let openedFile = AlertKind(
    .endpoint,
    .medium,
    "InitialAccess",
    "Connection to a suspicious domain from a mail link",
    ["T1566.002"]
  )

  /// Sends the mails and lets some recipients click.
  static func send(
    _ infrastructure: AttackerInfrastructure,
    _ writer: inout StoryWriter
  ) -> PhishingCampaign {
    let recipients = writer.somePeople(writer.random.number(4...14))
    var mails: [MailArtifact] = []
    for recipient in recipients {
      mails.append(deliver(infrastructure, to: recipient, &writer))
    }
    let campaign = PhishingCampaign(
      infrastructure: infrastructure,
      clicked: NonEmpty(
        mails.first ?? deliver(infrastructure, to: writer.world.people.first, &writer),
        rest: Array(mails.dropFirst().prefix(writer.random.number(0...2)))
      )
    )
    report(mails, &writer)
    for mail in campaign.clicked.all { campaign.click(mail, &writer) }
    return campaign
  }

  private static func deliver(
    _ infrastructure: AttackerInfrastructure,
    to recipient: Account,
    _ writer: inout StoryWriter
  ) -> MailArtifact {
    if writer.random.chance(0.3) { writer.wait(.moments) }
    let content = MailContent(
      sender: writer.random.pick(infrastructure.senders),
      senderName: infrastructure.senderName,
      senderAddress: infrastructure.addresses.first,
      subject: infrastructure.subject,
      urls: [infrastructure.landing],
      authentication: .noPolicy
    )
    let mail = writer.mail(content, to: recipient)
    writer.logMail(mail)
    return mail
  }

  /// The alerts about mails: some of several mails at once, some by recipients who were wary.
  private static func report(_ mails: [MailArtifact], _ writer: inout StoryWriter) {
    let some = writer.random.sample(mails, writer.random.number(1...4))
    var evidence = some.map { Evidence.mail($0) } + some.map { .mailbox($0.recipient) }
    evidence += some.first?.urls.map { .url($0) } ?? []
    writer.raise(delivered, "phish", seen: 0.8, evidence)
    guard let wary = mails.last, writer.random.chance(0.5) else { return }
    writer.wait(.minutes)
    writer.raise(
      reported,
      "phish",
      [.mail(wary), .mailbox(wary.recipient), .account(wary.recipient)]
    )
  }

  private func click(_ mail: MailArtifact, _ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    let person = mail.recipient
    let machine = writer.world.workstation(of: person)
    writer.logClick(infrastructure.landing, in: mail)
    let browser = writer.process(.browser, "msedge.exe", as: person, under: .explorer)
    let host = infrastructure.addresses.all.last ?? infrastructure.addresses.first
    writer.logConnection(to: host, url: infrastructure.landing, by: browser, on: machine)
    writer.raise(
      Self.click,
      "click",
      [.account(person), .url(infrastructure.landing), .mail(mail), .mailbox(person)]
    )
    writer.raise(
      Self.openedFile,
      "click",
      seen: 0.3,
      [
        .device(machine), .account(person), .url(infrastructure.landing), .address(host),
        .process(browser, on: machine),
      ]
    )
  }
}

/// Alerts about mails that no attack sent.
enum MailNoise {
  private static let reported = AlertKind(
    .office365,
    .low,
    "InitialAccess",
    "Email reported by user as malware or phish",
    ["T1566"]
  )
  private static let removed = AlertKind(
    .office365,
    .informational,
    "InitialAccess",
    "Email messages removed after delivery",
    ["T1566"]
  )
  private static let newsletters = NonEmpty(
    "news@weekly-digest.example",
    "offers@shop-club.example",
    "events@trade-fair.example"
  )

  private static func newsletter(_ writer: inout StoryWriter) -> MailContent {
    let path = writer.random.hexadecimal(8)
    return MailContent(
      sender: writer.random.pick(newsletters),
      senderName: "Newsletter",
      senderAddress: "203.0.113.250",
      subject: "This week's offers " + String(writer.random.number(1...40)),
      urls: [writer.random.pick(AttackerInfrastructure.sharedStorage) + path]
    )
  }

  static func reportedMail(_ scene: BenignActivity.Scene, _ writer: inout StoryWriter) {
    let content = newsletter(&writer)
    let mail = writer.mail(content, to: scene.person)
    writer.raise(
      reported,
      "noise",
      seen: 1,
      [.mail(mail), .mailbox(scene.person), .account(scene.person)]
    )
  }

  /// One newsletter to many, which becomes an alert for some of them.
  static func spamWave(_ scene: BenignActivity.Scene, _ writer: inout StoryWriter) {
    let content = newsletter(&writer)
    let others = writer.somePeople(writer.random.number(1...4)).filter { $0 != scene.person }
    for person in [scene.person] + others {
      let mail = writer.mail(content, to: person)
      let evidence: [Evidence] = [.mail(mail), .mailbox(person)]
      writer.raise(removed, "noise", seen: 1, evidence + content.urls.map { .url($0) })
      writer.wait(.moments)
    }
  }
}

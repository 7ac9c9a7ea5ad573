/// What honest people and programs do that raises alerts: single ones and short bursts.
///
/// They share devices, people, addresses, common files and generic accounts with attacks.
enum BenignActivity: CaseIterable {
  case unwantedSoftware, administratorScript, reportedMail, spamWave, unfamiliarSignIn
  case impossibleTravel, scanner, massDownload, blockedMalware, backupJob

  /// Where it happens.
  struct Scene: Sendable {
    let person: Account
    let machine: Machine
  }

  func tell(at scene: Scene, _ writer: inout StoryWriter) {
    switch self {
    case .unwantedSoftware: DeviceNoise.unwantedSoftware(scene, &writer)
    case .administratorScript: DeviceNoise.administratorScript(scene, &writer)
    case .blockedMalware: DeviceNoise.blockedMalware(scene, &writer)
    case .backupJob: DeviceNoise.backupJob(&writer)
    case .scanner: DeviceNoise.scanner(&writer)
    case .reportedMail: MailNoise.reportedMail(scene, &writer)
    case .spamWave: MailNoise.spamWave(scene, &writer)
    case .unfamiliarSignIn: CloudNoise.unfamiliarSignIn(scene, &writer)
    case .impossibleTravel: CloudNoise.impossibleTravel(scene, &writer)
    case .massDownload: CloudNoise.massDownload(scene, &writer)
    }
  }
}

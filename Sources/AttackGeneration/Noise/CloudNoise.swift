/// Alerts about sign-ins and downloads of honest people.
enum CloudNoise {
  private static let unfamiliar = AlertKind(
    .entraProtection,
    .low,
    "InitialAccess",
    "Unfamiliar sign-in properties",
    ["T1078.004"]
  )
  private static let travel = AlertKind(
    .cloudApps,
    .medium,
    "InitialAccess",
    "Impossible travel activity",
    ["T1078"]
  )
  private static let atypical = AlertKind(
    .entraProtection,
    .medium,
    "InitialAccess",
    "Atypical travel",
    ["T1078"]
  )
  private static let download = AlertKind(
    .cloudApps,
    .low,
    "Exfiltration",
    "Mass download by a single user",
    ["T1530"]
  )

  static func unfamiliarSignIn(_ scene: BenignActivity.Scene, _ writer: inout StoryWriter) {
    let home = AttackerInfrastructure.address(&writer.random)
    let address = writer.random.pick(writer.world.egressAddress, [home])
    writer.raise(unfamiliar, "noise", seen: 1, [.account(scene.person), .address(address)])
  }

  /// A person behind a VPN whose exits many share: two products may say so.
  static func impossibleTravel(_ scene: BenignActivity.Scene, _ writer: inout StoryWriter) {
    let exit = writer.random.pick(TenantWorld.sharedExits)
    let evidence: [Evidence] = [
      .account(scene.person), .address(exit), .address(writer.world.egressAddress),
    ]
    writer.raise(travel, "noise", seen: 1, evidence + [.cloudApp(.office)])
    guard writer.random.chance(0.4) else { return }
    writer.wait(.moments)
    writer.raise(atypical, "noise", seen: 1, evidence)
  }

  static func massDownload(_ scene: BenignActivity.Scene, _ writer: inout StoryWriter) {
    writer.raise(
      download,
      "noise",
      seen: 1,
      [
        .account(scene.person), .address(writer.world.egressAddress), .cloudApp(.sharePoint),
      ]
    )
  }
}

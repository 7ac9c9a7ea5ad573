/// What honest people do in the cloud.
enum EverydayCloud {
  /// The apps of a tenant: one that somebody checked and that may do much, one that may do little,
  /// and one that the tenant made for itself.
  static func apps(of world: TenantWorld) -> NonEmpty<OAuthApp> {
    var random = SeededRandom(seed: 0, stream: "apps of " + world.tenant)
    func app(_ name: String, _ publisher: String) -> OAuthApp {
      OAuthApp(
        appId: random.identifier(),
        objectId: random.identifier(),
        name: name,
        publisher: publisher
      )
    }
    var planner = app("Meeting Planner", "Planner Works")
    planner.isVerified = true
    var signature = app("Signature Line", "Small Tools")
    signature.permissions = ["User.Read"]
    signature.privilege = "Low"
    var sheets = app("Time Sheets", world.domain)
    sheets.isInternal = true
    return NonEmpty(planner, signature, sheets)
  }

  /// Reports what the apps are, as is done each day.
  static func report(_ writer: inout StoryWriter) {
    for app in apps(of: writer.world).all { writer.logApp(app, added: writer.now) }
  }

  /// A person lets an app act for them, or an app does.
  static func useApp(_ person: Account, _ writer: inout StoryWriter) {
    let app = writer.random.pick(apps(of: writer.world))
    if app.privilege == "Low" || writer.random.chance(0.3) {
      writer.logConsent(to: app, by: person)
    } else {
      writer.logMailAccess(by: app, to: person, from: writer.world.egressAddress)
    }
  }

  /// A person signs in at work or at home, at times at the second try.
  static func signIn(_ person: Account, _ writer: inout StoryWriter) {
    let egress = writer.world.egressAddress
    let place = writer.world.people.all.firstIndex(of: person) ?? 0
    let home = "192.0.2.\(place % 254 + 1)"
    let address = writer.random.chance(0.3) ? home : egress
    if writer.random.chance(0.15) {
      writer.logSignIn(person, CloudSignIn(from: address, error: 50_126))
      writer.pass(seconds: writer.random.number(4...15))
    }
    writer.logSignIn(person, from: address, [("Application", "Microsoft 365")])
    writer.logSignIn(person, CloudSignIn(from: address))
  }
}

import Alerts
import HarrierTesting
import Testing

@testable import Incidents

/// Devices and people count once, by whatever names alerts know them.
struct AssetGroupsTests {
  private let world: AlertWorld

  init() throws { world = try AlertWorld() }

  private func device(_ fields: (String, String)...) -> String {
    let members = fields.map { ",\"\($0)\":\"\($1)\"" }.joined()
    return "{\"@odata.type\":\"#microsoft.graph.security.deviceEvidence\"\(members)}"
  }

  @Test("one device and one user under several names count once, everywhere") func names() throws {
    let file = world.file("a", in: "C:\\Users\\ann\\Downloads")
    try world.take(
      "a1",
      minute: 0,
      device(("mdeDeviceId", "d1"), ("deviceDnsName", "h1.c.example")),
      world.account(("userPrincipalName", "ann@c.example"), ("azureAdUserId", "u-1")),
      file
    )
    try world.take(
      "a2",
      minute: 5,
      device(("deviceDnsName", "H1.c.example")),
      world.account(("userPrincipalName", "ann@c.example")),
      file
    )
    let details = try world.details(1)
    #expect(details.alerts.map(\.id) == ["a1", "a2"])
    #expect(details.incident.deviceCount == 1 && details.incident.userCount == 1)
    #expect(details.incident.name.hasSuffix("on one endpoint"))
    #expect(details.devices.map(\.alerts) == [["a1", "a2"]])
    #expect(details.users.map(\.alerts) == [["a1", "a2"]])
    #expect(details.devices.first?.evidence["DeviceId"] == "d1")
    #expect(AttackStory(details).nodes.count { $0.kind == "Host" } == 1)
  }

  @Test("what knows an id and what knows a name are one where a third knows both")
  func transitive() {
    func host(_ names: (String, String)...) -> Evidence {
      Evidence(other: "Host", names.map { .init(name: $0, value: $1) })
    }
    let evidence = [
      host(("DeviceId", "d1")), host(("FullName", "h1.c.example")), host(("DeviceId", "d2")),
      host(("DeviceId", "D1"), ("FullName", "h1.c.example")), host(("HostName", "h1")),
      host(("HostName", "H1")),
    ]
    #expect(AssetGroups(evidence, of: [.device]).groups == [[0, 1, 3], [2], [4, 5]])
  }

  @Test("an account and a mailbox of one address are one person, and a user and a mailbox")
  func people() {
    let evidence = [
      Evidence(other: "Account", [.init(name: "FullName", value: "ann@c.example")]),
      Evidence(other: "Mailbox", [.init(name: "MailboxPrimaryAddress", value: "Ann@c.example")]),
      Evidence(other: "Account", [.init(name: "Sid", value: "S-1-5-18")]),
      Evidence(other: "Url", [.init(name: "Url", value: "http://x.example/")]),
    ]
    #expect(AssetGroups(evidence, of: [.user]).count == 2)
    #expect(AssetGroups(evidence, of: [.mailbox]).count == 1)
    #expect(AssetGroups(evidence, of: [.user, .mailbox]).count == 2)
    #expect(AssetGroups(evidence, of: [.device]).count == 0)
  }

  @Test("a mailbox with the names of two joins them neither with it nor with each other")
  func sharedMailbox() {
    let evidence = [
      Evidence(other: "Account", [.init(name: "FullName", value: "ann@c.example")]),
      Evidence(other: "Account", [.init(name: "FullName", value: "bob@c.example")]),
      Evidence(
        other: "Mailbox",
        [
          .init(name: "MailboxPrimaryAddress", value: "ann@c.example"),
          .init(name: "Upn", value: "bob@c.example"),
        ]
      ),
      Evidence(
        other: "Mailbox",
        [
          .init(name: "MailboxPrimaryAddress", value: "shared@c.example"),
          .init(name: "Upn", value: "ann@c.example"),
        ]
      ),
    ]
    #expect(AssetGroups(evidence, of: [.user]).groups == [[0], [1]])
    #expect(AssetGroups(evidence, of: [.mailbox]).groups == [[2], [3]])
    #expect(AssetGroups(evidence, of: [.user, .mailbox]).groups == [[0, 2], [1], [3]])
  }

  @Test("an administrator is told from others by id and SID, Windows' own accounts are not")
  func administrators() {
    func account(_ names: (String, String)...) -> Evidence {
      Evidence(other: "Account", names.map { .init(name: $0, value: $1) })
    }
    let sid = "S-1-5-21-1-2-3-500"
    let evidence = [
      account(("Name", "Administrator"), ("Sid", sid)),
      account(("Name", "administrator"), ("Sid", sid), ("AadUserId", "u-1")),
      account(("Name", "Administrator"), ("AadUserId", "U-1")),
      account(("Name", "Administrator"), ("Sid", "S-1-5-21-9-9-9-500")),
      account(("Name", "SYSTEM"), ("Sid", "S-1-5-18")),
      account(("Name", "LOCAL SERVICE"), ("Sid", "S-1-5-19")),
    ]
    #expect(AssetGroups(evidence, of: [.user]).groups == [[0, 1, 2], [3], [4], [5]])
    #expect(CorrelationKeys(evidence).assets.isEmpty, "they link no alerts")
  }

  @Test("the graph has one node for what alerts know by other names, told by the best")
  func graph() throws {
    let file = world.file("a", in: "C:\\Users\\ann\\Downloads")
    try world.take("a1", minute: 0, device(("mdeDeviceId", "d1")), file)
    try world.take("a2", minute: 5, device(("deviceDnsName", "h1.c.example")), file)
    try world.take(
      "a3",
      minute: 9,
      device(("mdeDeviceId", "d1"), ("deviceDnsName", "h1.c.example")),
      file
    )
    let story = AttackStory(try world.details(1))
    let hosts = story.nodes.filter { $0.kind == "Host" }
    #expect(hosts.map(\.alerts) == [["a1", "a2", "a3"]])
    #expect(hosts.map(\.label) == ["h1.c.example"])
    #expect(story.edges.map(\.alerts) == [["a1", "a2", "a3"]])
  }

  @Test("one row of evidence is what alerts know by other names, one path is not another")
  func evidence() {
    func file(_ names: (String, String)...) -> Evidence {
      Evidence(other: "File", names.map { .init(name: $0, value: $1) })
    }
    let items = [
      file(("Name", "a.exe"), ("SHA1", "11")), file(("Name", "A.EXE"), ("SHA256", "22")),
      file(("Name", "a.exe"), ("SHA1", "11"), ("SHA256", "22")),
      file(("Name", "b.exe"), ("SHA1", "11")), file(("Name", "a.exe")),
      Evidence(other: "FileHash", [.init(name: "Value", value: "22")]),
    ]
    #expect(AssetGroups(items) { $0.names(isGraph: false) }.groups == [[0, 1, 2], [3], [4], [5]])
    #expect(AssetGroups(items) { $0.names(isGraph: true) }.groups == [[0, 1, 2, 3, 5], [4]])
  }

  @Test("many devices of one alert are joined in a moment, also the last of all by one more")
  func many() {
    func host(_ names: [(String, String)]) -> Evidence {
      Evidence(other: "Host", names.map { .init(name: $0, value: $1) })
    }
    let count = 20_000
    let hosts = (0..<count).flatMap { number in
      [host([("DeviceId", "d\(number)")]), host([("FullName", "h\(number).c.example")])]
    }
    let joined = (0..<count).map { number in
      host([
        ("DeviceId", "d\(number)"), ("AzureID", "a\(number)"), ("FullName", "h\(number).c.example"),
      ])
    }
    let assets = CorrelationKeys(hosts + joined).assets
    #expect(assets.count == count && assets.allSatisfy { $0.names.count == 3 })
  }

  @Test("an account with an alias and a name to sign in is known by both") func aliases() {
    func account(_ names: (String, String)...) -> Evidence {
      Evidence(other: "Account", names.map { .init(name: $0, value: $1) })
    }
    let both = account(
      ("FullName", "ann@alias.example"),
      ("Name", "ann"),
      ("UPNSuffix", "c.example")
    )
    #expect(
      CorrelationKeys([both]).assets.map(\.names) == [["ann@alias.example", "ann@c.example"]]
    )
    let evidence = [
      account(("FullName", "ann@c.example")), both, account(("FullName", "ann@alias.example")),
    ]
    #expect(AssetGroups(evidence, of: [.user]).groups == [[0, 1, 2]])
  }
}

import Testing

@testable import Incidents

/// What links alerts, and what does not although they share it.
struct CorrelationTests {
  private let world: AlertWorld

  init() throws { world = try AlertWorld() }

  private var counts: [Int] { get throws { try world.incidents.map(\.alertCount) } }

  @Test("products that know a user by other names mean one, once an alert carries both")
  func names() throws {
    let sid = ("userSid", "S-1-5-21-1-2-3-1104")
    let address = ("userPrincipalName", "amy@contoso.com")
    let object = ("azureAdUserId", "1f2e3d4c-0000-4000-8000-000000000001")
    try world.take("a1", minute: 0, world.account(sid), world.device("d1"))
    try world.take("a2", minute: 1, world.account(address), world.device("d2"))
    #expect(try counts == [1, 1])
    // Days before, so that it links nothing itself, but tells that they are one.
    try world.take("old", day: 1, minute: 0, severity: "informational", world.account(sid, address))
    try world.take(
      "a3",
      minute: 2,
      category: "LateralMovement",
      world.account(object, address),
      world.device("d3")
    )
    // The address is the third's, the number of the first is known through the old one.
    try world.take(
      "a4",
      minute: 3,
      category: "Exfiltration",
      world.account(sid),
      world.device("d4")
    )
    #expect(try counts.max() == 4)
  }

  @Test("files of the system link nothing, unless they are malicious") func systemFiles() throws {
    let folder = #"C:\Windows\System32"#
    try world.take("a1", minute: 0, world.file("a", in: folder), world.device("d1"))
    try world.take("a2", minute: 1, world.file("a", in: folder), world.device("d2"))
    #expect(try counts == [1, 1])
    try world.take(
      "a3",
      minute: 2,
      world.file("b", in: folder, verdict: "malicious"),
      world.device("d3")
    )
    try world.take(
      "a4",
      minute: 3,
      world.file("b", in: folder, verdict: "malicious"),
      world.device("d4")
    )
    try world.take("a5", minute: 4, world.file("c", in: #"C:\Windows\Temp"#), world.device("d5"))
    try world.take("a6", minute: 5, world.file("c", in: #"C:\Windows\Temp"#), world.device("d6"))
    #expect(try counts == [1, 1, 2, 2])
  }

  @Test("what alerts had days before is routine and links nothing") func routine() throws {
    try world.take("old", day: 2, minute: 0, world.file("a", in: #"C:\Tools"#), world.device("d0"))
    try world.take("a1", minute: 0, world.file("a", in: #"C:\Tools"#), world.device("d1"))
    try world.take("a2", minute: 1, world.file("a", in: #"C:\Tools"#), world.device("d2"))
    #expect(try counts == [1, 1, 1])
  }

  @Test("an informational alert is linked by what it has, not by whose it is") func quiet() throws {
    let amy = world.account(("userPrincipalName", "amy@contoso.com"))
    try world.take("a1", minute: 0, category: "InitialAccess", amy, world.device("d1"))
    try world.take("a2", minute: 1, severity: "informational", amy, world.device("d1"))
    #expect(try counts == [1, 1])
    try world.take(
      "a3",
      minute: 2,
      severity: "informational",
      amy,
      world.file("a", in: #"C:\Users\amy"#)
    )
    try world.take("a4", minute: 3, world.file("a", in: #"C:\Users\amy"#), world.device("d9"))
    #expect(try counts == [1, 1, 2])
  }

  @Test(
    "folders of the system, as products write them",
    arguments: [
      (#"C:\Windows\System32"#, true), (#"c:\program files\7-zip"#, true), ("/usr/bin", true),
      (#"\Device\HarddiskVolume3\Windows"#, true), (#"C:\Windows\Temp\a"#, false),
      (#"C:\Users\amy"#, false), (#"C:\Program Files\..\Users"#, false), ("", false),
      (#"D:\WindowsApps"#, false),
    ]
  )
  func folders(folder: String, isSystem: Bool) { #expect(SystemFolder.holds(folder) == isSystem) }
}

/// Makes the world of a tenant.
struct WorldBuilder {
  private let tenant: String
  private let domain: String
  private let shortDomain: String
  private let domainSID: String
  private let network: String
  private var random: SeededRandom
  private var nextRelativeId: Int
  private var takenNames: Set<String> = []

  init(tenant: String, seed: UInt64) {
    self.tenant = tenant
    var random = SeededRandom(seed: seed, stream: "world of " + tenant)
    let letters = tenant.lowercased().unicodeScalars.filter {
      ("a"..."z").contains($0) || ("0"..."9").contains($0)
    }
    shortDomain = letters.isEmpty ? "tenant" : String(String.UnicodeScalarView(letters))
    domain = shortDomain + ".example"
    let parts = (0..<3).map { _ in String(random.number(100_000_000...4_000_000_000)) }
    domainSID = "S-1-5-21-" + parts.joined(separator: "-")
    network = "10.\(random.number(10...250))"
    nextRelativeId = random.number(1100...1900)
    self.random = random
  }

  mutating func world(userCount: Int, deviceCount: Int) -> TenantWorld {
    let people = NonEmpty(count: userCount) { _ in person() }
    let administrators = NonEmpty(count: 2) { _ in person(prefix: "adm-") }
    let services = NonEmpty(
      service("svc-backup", "Backup service"),
      service("svc-sql", "Database service"),
      service("svc-scan", "Vulnerability scanner")
    )
    return TenantWorld(
      tenant: tenant,
      domain: domain,
      people: people,
      administrators: administrators,
      services: services,
      builtInAdministrator: account("administrator", "Administrator", relativeId: 500),
      workstations: machines(deviceCount, "wks", .workstation),
      servers: machines(max(4, deviceCount / 8), "srv", .server),
      jumpHosts: machines(2, "jump", .jumpHost),
      kiosks: machines(2, "kiosk", .kiosk),
      domainController: machine("dc", 1, .domainController),
      egressAddress: "203.0.113.\(random.number(1...254))"
    )
  }

  private mutating func person(prefix: String = "") -> Account {
    let first = random.pick(Self.firstNames)
    let last = random.pick(Self.lastNames)
    var name = prefix + first.lowercased() + "." + last.lowercased()
    if takenNames.contains(name) { name += String(takenNames.count) }
    takenNames.insert(name)
    nextRelativeId += random.number(1...7)
    return account(name, first + " " + last, relativeId: nextRelativeId)
  }

  private mutating func service(_ name: String, _ displayName: String) -> Account {
    nextRelativeId += 1
    return account(name, displayName, relativeId: nextRelativeId)
  }

  private mutating func account(
    _ name: String,
    _ displayName: String,
    relativeId: Int
  ) -> Account {
    Account(
      displayName: displayName,
      name: name,
      domain: shortDomain,
      sid: domainSID + "-" + String(relativeId),
      principalName: name + "@" + domain,
      objectId: random.identifier()
    )
  }

  private mutating func machines(
    _ count: Int,
    _ prefix: String,
    _ role: Machine.Role
  ) -> NonEmpty<Machine> {
    NonEmpty(count: count) { machine(prefix, $0 + 1, role) }
  }

  private mutating func machine(_ prefix: String, _ number: Int, _ role: Machine.Role) -> Machine {
    let digits = String(number)
    let padding = String(repeating: "0", count: max(0, 3 - digits.count))
    let subnet = role == .workstation ? 20 + number / 250 % 200 : 5
    let place = role == .workstation ? number % 250 + 2 : random.number(10...250)
    return Machine(
      id: random.hexadecimal(40),
      host: prefix + "-" + padding + digits,
      domain: domain,
      address: "\(network).\(subnet).\(place)",
      role: role
    )
  }

  private static let firstNames = NonEmpty(
    "Anna",
    "Ben",
    "Clara",
    "David",
    "Elena",
    "Farid",
    "Grace",
    "Hugo",
    "Ines",
    "Jonas",
    "Kira",
    "Liam",
    "Mira",
    "Noah",
    "Olga",
    "Pablo",
    "Rosa",
    "Samir",
    "Tessa",
    "Uwe",
    "Vera",
    "Wim",
    "Yara",
    "Zoe"
  )
  private static let lastNames = NonEmpty(
    "Abel",
    "Berg",
    "Costa",
    "Diaz",
    "Evans",
    "Fischer",
    "Garcia",
    "Hansen",
    "Ivanov",
    "Jensen",
    "Keller",
    "Lopez",
    "Meyer",
    "Novak",
    "Okafor",
    "Peters",
    "Quist",
    "Rossi",
    "Silva",
    "Tanaka",
    "Urban",
    "Vogel",
    "Weber",
    "Young"
  )
}

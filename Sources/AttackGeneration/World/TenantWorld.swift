/// The people and devices of one tenant.
struct TenantWorld: Sendable {
  let tenant: String
  let domain: String
  let people: NonEmpty<Account>
  /// People of the IT department, whose accounts are at home on shared devices.
  let administrators: NonEmpty<Account>
  let services: NonEmpty<Account>
  /// The domain's built-in administrator.
  let builtInAdministrator: Account
  let workstations: NonEmpty<Machine>
  let servers: NonEmpty<Machine>
  let jumpHosts: NonEmpty<Machine>
  let kiosks: NonEmpty<Machine>
  let domainController: Machine
  /// The address that all of the tenant's traffic has outside.
  let egressAddress: String
  /// Exits of a VPN that people of all tenants use.
  static let sharedExits = NonEmpty("198.51.100.7", "198.51.100.23", "198.51.100.61")

  /// The workstation of a person; each has one, and some share one.
  func workstation(of person: Account) -> Machine {
    workstations[around: people.all.firstIndex(of: person) ?? 0]
  }

  var allMachines: [Machine] {
    workstations.all + servers.all + jumpHosts.all + kiosks.all + [domainController]
  }
}

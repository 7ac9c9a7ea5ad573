import ArgumentParser
import Hunting
import OperationalStore
import TableStore
import Tenancy

/// `harrier tenants`: the tenants of a store and groups of them.
struct TenantsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenants",
    abstract: "List and name the tenants of a store, suspend them and put them into groups.",
    discussion: """
      A tenant comes into being when rows are ingested for it (harrier ingest --tenant NAME). What \
      is said here is what TenantId and TenantName are in queries over several tenants.

        harrier tenants set logs contoso --id 3f2c9a --display-name 'Contoso Ltd'
        harrier tenants group logs europe contoso,fabrikam
        harrier query --store logs --tenant group:europe 'AlertInfo | count'
      """,
    subcommands: [
      TenantsListCommand.self, TenantsAddCommand.self, TenantsSetCommand.self,
      TenantsSuspendCommand.self, TenantsResumeCommand.self, TenantsGroupsCommand.self,
      TenantsGroupCommand.self,
    ]
  )
}

/// What the commands about access share.
protocol AccessCommand: ConsoleCommand {
  var place: AccessPlace { get }
}

/// A store, and as whom it is worked with.
struct AccessPlace: ParsableArguments {
  @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir"))
  var store: String

  @OptionGroup var identity: IdentityOptions
}

extension AccessCommand {
  var store: String { place.store }

  /// The store as the principal sees it.
  func seen() throws -> StoreAccess { try StoreAccess(store, as: place.identity.principal) }

  /// Changes who may do what.
  func change(
    _ body: (AccessStore, Principal, _ present: [String]) throws -> Void
  ) throws -> Int32 {
    let seen = try seen()
    let present = try seen.present()
    guard let access = try AccessStore.open(store: store, access: .readWrite) else { return 0 }
    try body(access, seen.principal, present)
    return 0
  }
}

/// `harrier tenants list`.
struct TenantsListCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the tenants for which you may do something, what, and if their files fail.",
    discussion: """
      Health is ok where the files of all tables of a tenant can be opened, else what fails. Views \
      and queries leave such a tenant's rows out, and say so.

        harrier tenants list logs
      """
  )

  @OptionGroup var place: AccessPlace

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let seen = try seen()
    let tenants = seen.state.tenants(
      of: seen.principal,
      present: try seen.present(),
      at: AccessClock.now
    )
    let entries = try TableStore.open(store, mode: .readOnly).snapshot().tenants
    var issues: [String: [String]] = [:]
    for entry in entries where tenants.contains(where: { $0.tenant.name == entry.name }) {
      issues[entry.name] = TenantHealth.issues(of: entry)
    }
    try console.write(AccessListing.tenants(tenants, issues: issues), as: format)
    return issues.values.allSatisfy(\.isEmpty) ? 0 : ExitCodes.queryError
  }
}

/// `harrier tenants add`.
struct TenantsAddCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a tenant before any of its rows are ingested, or one that was removed again.",
    discussion: """
      A view holds 100 tenants; where as many are active, another is refused. The owner's command \
      makes the store if it is missing.

        harrier tenants add logs adatum
      """
  )

  @OptionGroup var place: AccessPlace

  @Argument(help: ArgumentHelp("What it is called by.", valueName: "name"))
  var name: String

  @OptionGroup var naming: TenantNaming
  func run(_ console: Console) throws -> Int32 {
    if try seen().principal.isOwner { try makeStore() }
    return try change { access, principal, present in
      try access.addTenant(name, naming.change, by: principal, present: present)
    }
  }
}

extension TenantsAddCommand {
  /// Makes the store where there is none.
  private func makeStore() throws {
    do {
      _ = try TableStore.open(store, mode: .readOnly)
    } catch {
      if error.reason != .missing { throw error }
      _ = try TableStore.open(store, mode: .readWrite)
    }
  }
}

/// `harrier tenants set`.
struct TenantsSetCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Say what TenantId and TenantName are for a tenant.",
    discussion: """
      Neither is empty, has control characters or more than 200 bytes, and no TenantId is the name \
      or the TenantId of another tenant.

        harrier tenants set logs contoso --id 3f2c9a --display-name 'Contoso Ltd'
      """
  )

  @OptionGroup var place: AccessPlace

  @Argument(help: ArgumentHelp("The tenant.", valueName: "name"))
  var name: String

  @OptionGroup var naming: TenantNaming
  func validate() throws {
    if naming.id == nil, naming.displayName == nil {
      throw ValidationError("Say what to set: --id ID, --display-name NAME or both.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    try change { access, principal, present in
      try access.changeTenant(name, naming.change, by: principal, present: present)
    }
  }
}

/// What a tenant is called in queries.
struct TenantNaming: ParsableArguments {
  @Option(help: ArgumentHelp("The value of TenantId.", valueName: "id"))
  var id: String?

  @Option(help: ArgumentHelp("The value of TenantName.", valueName: "name"))
  var displayName: String?

  var change: AccessStore.TenantChange {
    AccessStore.TenantChange(id: id, displayName: displayName)
  }
}

/// `harrier tenants suspend`.
struct TenantsSuspendCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "suspend",
    abstract: "Keep a tenant out of everybody's view; its rows stay.",
    discussion: """
      It is gone from every view, query and rule until it is added again or resumed.

        harrier tenants suspend logs fabrikam
        harrier tenants remove logs contoso
      """,
    aliases: ["remove"]
  )

  @OptionGroup var place: AccessPlace

  @Argument(help: ArgumentHelp("The tenant.", valueName: "name"))
  var name: String

  func run(_ console: Console) throws -> Int32 {
    try change { access, principal, present in
      let change = AccessStore.TenantChange(status: .suspended)
      try access.changeTenant(name, change, by: principal, present: present)
    }
  }
}

/// `harrier tenants resume`.
struct TenantsResumeCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Let a suspended tenant be seen again.",
    discussion: """
        harrier tenants resume logs fabrikam
      """
  )

  @OptionGroup var place: AccessPlace

  @Argument(help: ArgumentHelp("The tenant.", valueName: "name"))
  var name: String

  func run(_ console: Console) throws -> Int32 {
    try change { access, principal, present in
      let change = AccessStore.TenantChange(status: .active)
      try access.changeTenant(name, change, by: principal, present: present)
    }
  }
}

/// `harrier tenants groups`.
struct TenantsGroupsCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "groups",
    abstract: "List the groups that have tenants of yours, with these.",
    discussion: """
        harrier tenants groups logs
      """
  )

  @OptionGroup var place: AccessPlace

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let seen = try seen()
    let groups = seen.state.groups(
      of: seen.principal,
      present: try seen.present(),
      at: AccessClock.now
    )
    try console.write(AccessListing.groups(groups), as: format)
    return 0
  }
}

/// `harrier tenants group`.
struct TenantsGroupCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "group",
    abstract: "Say which tenants a group has; without any it is gone.",
    discussion: """
        harrier tenants group logs europe contoso,fabrikam
      """
  )

  @OptionGroup var place: AccessPlace

  @Argument(help: ArgumentHelp("The group.", valueName: "name"))
  var name: String

  @Argument(help: ArgumentHelp("Its tenants, with commas between.", valueName: "tenants"))
  var tenants: String?

  func run(_ console: Console) throws -> Int32 {
    let members = tenants.map { $0.split(separator: ",").map(String.init) } ?? []
    return try change { access, principal, _ in
      try access.setGroup(name, to: members, by: principal)
    }
  }
}

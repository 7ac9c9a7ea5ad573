import ArgumentParser
import Hunting
import Response
import Tenancy

/// `harrier actions connect`.
struct ActionsConnectCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "connect",
    abstract: "Let a program or a webhook execute the actions of a kind.",
    discussion: """
      The order is one line of JSON: key, tenant, number, kind, target, parameters, requestedBy. A \
      program reads it from standard input, without a shell, and has a minute; a webhook gets it \
      by POST. Exit code 0 or a code from 200 to 299 means done; an answer {"status": "completed", \
      "detail": "…"} may say more: failed, alreadyRemediated, alreadyInDestination. Each kind is \
      connected by itself, also what takes another back: for revokeAppConsent (appId, and \
      accountUpn where only that user's consent is meant) that is restoreAppConsent, whose \
      parameter consents names the users, or AllPrincipals, whose consents were revoked.

        harrier actions connect --store logs --kind isolateDevice --command /bin/true
        harrier actions connect --store logs --kind softDelete --url https://soar.example/hook
      """
  )

  @OptionGroup var place: TenantPlace

  @Option(help: ArgumentHelp("The kind of action.", valueName: "kind"))
  var kind: String

  @Option(help: ArgumentHelp("A program, with its whole path.", valueName: "program"))
  var command: String?

  @Option(help: ArgumentHelp("A fixed argument of it; may be given again.", valueName: "text"))
  var argument: [String] = []

  @Option(help: ArgumentHelp("An address.", valueName: "url"))
  var url: String?

  func validate() throws {
    if ActionKind(rawValue: kind) == nil {
      throw ValidationError("--kind has no '\(kind)'; it is one of \(ActionWords.kinds).")
    }
    if (command == nil) == (url == nil) { throw ValidationError("Give --command or --url.") }
    if !argument.isEmpty, command == nil {
      throw ValidationError("--argument goes with --command.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openActions(for: .manageTenants)
    let store = try opened.required()
    guard let kind = ActionKind(rawValue: kind) else { return ExitCodes.usage }
    let way: Connection.Way =
      if let command { .command([command] + argument) } else { .webhook(url ?? "") }
    for tenant in opened.tenants {
      try store.connect(Connection(tenant: tenant, kind: kind, way: way))
      try opened.access.note(
        "actions connected",
        on: tenant,
        detail: "\(kind.rawValue): \(command.map { "program \($0)" } ?? "webhook")"
      )
    }
    console.note("\(kind.rawValue) is connected in \(opened.tenants.count) tenants")
    return 0
  }
}

/// `harrier actions disconnect`.
struct ActionsDisconnectCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "disconnect",
    abstract: "Let the simulated environment execute the actions of a kind again.",
    discussion: """
        harrier actions disconnect --store logs --tenant contoso --kind isolateDevice
      """
  )

  @OptionGroup var place: TenantPlace

  @Option(help: ArgumentHelp("The kind of action.", valueName: "kind"))
  var kind: String

  func validate() throws {
    if ActionKind(rawValue: kind) == nil {
      throw ValidationError("--kind has no '\(kind)'; it is one of \(ActionWords.kinds).")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openActions(for: .manageTenants)
    let store = try opened.required()
    guard let kind = ActionKind(rawValue: kind) else { return ExitCodes.usage }
    var count = 0
    for tenant in opened.tenants where try store.disconnect(kind, of: tenant) {
      count += 1
      try opened.access.note("actions disconnected", on: tenant, detail: kind.rawValue)
    }
    if count == 0 { throw ResponseFailure("\(kind.rawValue) is connected in none of the tenants") }
    console.note("\(kind.rawValue) is disconnected in \(count) tenants")
    return 0
  }
}

/// `harrier actions connections`.
struct ActionsConnectionsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "connections",
    abstract: "List what executes actions in the place of the simulated environment.",
    discussion: """
        harrier actions connections --store logs
      """
  )

  @OptionGroup var place: TenantPlace

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openActions(for: .readIncidents)
    let found = try opened.actions?.connections(of: opened.tenants) ?? []
    try console.write(ActionRowListing.connections(found), as: format)
    return 0
  }
}

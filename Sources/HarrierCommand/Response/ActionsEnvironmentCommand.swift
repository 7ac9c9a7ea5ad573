import ArgumentParser
import Execution
import FileAccess
import Hunting
import Incidents
import OperationalStore
import Response
import SourceText
import StructuredText
import Tenancy

/// `harrier environment`: where actions have effects that are connected to nothing else.
struct EnvironmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "environment",
    abstract: "Show or set the simulated environment in which actions have effects.",
    discussion: """
      It learns of mails, devices, users and what access users gave apps from EmailEvents, \
      EmailPostDeliveryEvents, DeviceInfo, IdentityInfo and CloudAppEvents when an action needs \
      them; files say more, or something else.

        harrier environment load --store logs --tenant contoso environment.ndjson
        harrier environment show --store logs --part devices
      """,
    subcommands: [EnvironmentShowCommand.self, EnvironmentLoadCommand.self]
  )
}

/// What of the environment is shown.
enum EnvironmentPart: String, ExpressibleByArgument, CaseIterable {
  case mails, devices, identities, rules, consents
}

/// `harrier environment show`.
struct EnvironmentShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show mails, devices, users, inbox rules or consents of the simulated environment.",
    discussion: """
      It needs the right to hunt, as the tables SimulatedMails, SimulatedDevices and \
      SimulatedIdentities do.

        harrier environment show --store logs
        harrier environment show --store logs --part devices --format json
      """
  )

  @OptionGroup var place: TenantPlace

  @Option(help: "mails, devices, identities, rules or consents (of users to apps).")
  var part = EnvironmentPart.mails

  @Option(help: "How to write it: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let access = try place.access()
    let tenants = try access.scope(over: place.selection, for: .hunt).tenants.map(\.name)
    let environment = try EnvironmentStore.open(store: place.store, access: .readOnly)
    try console.write(try rows(environment, tenants), as: format)
    return 0
  }

  private func rows(_ environment: EnvironmentStore?, _ tenants: [String]) throws -> QueryResult {
    switch part {
    case .mails:
      EnvironmentListing.mails(
        try tenants.flatMap { tenant in
          try (environment?.mails(of: tenant) ?? []).map { (tenant, $0) }
        }
      )
    case .devices:
      EnvironmentListing.devices(
        try tenants.flatMap { tenant in
          try (environment?.devices(of: tenant) ?? []).map { (tenant, $0) }
        }
      )
    case .identities:
      EnvironmentListing.identities(
        try tenants.flatMap { tenant in
          try (environment?.identities(of: tenant) ?? []).map { (tenant, $0) }
        }
      )
    case .consents:
      EnvironmentListing.consents(
        try tenants.flatMap { tenant in
          try (environment?.consents(of: tenant) ?? []).map { (tenant, $0) }
        }
      )
    case .rules:
      EnvironmentListing.rules(
        try tenants.flatMap { tenant in
          try (environment?.inboxRules(of: tenant) ?? []).map { (tenant, $0) }
        }
      )
    }
  }
}

/// `harrier environment load`.
struct EnvironmentLoadCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Set mails, devices, users, inbox rules and consents to apps as a file says.",
    discussion: """
      A line is an object with a kind: mail (networkMessageId, recipientEmailAddress, location, \
      sender, subject, direction; for --deliver senderIp, urls, sha256), device (deviceId, name, \
      isolation, isContained, isRestricted, quarantined), identity (accountSid, accountObjectId, \
      accountUpn, isEnabled, risk), inboxRule (mailboxPrimaryAddress, ruleName, description) or \
      appConsent (appId, appName, isGranted; accountUpn, or none for the whole organization). A \
      file is loaded wholly or not.

        harrier environment load --store logs --tenant contoso environment.ndjson
        harrier environment load --store logs --tenant contoso --deliver environment.ndjson
      """
  )

  @OptionGroup var place: TenantPlace

  @Flag(help: "Mails arrive now: the tenant's allow/block list says where they end.")
  var deliver = false

  @Argument(help: "Files in order; '-' is standard input.")
  var files: [String]

  func run(_ console: Console) throws -> Int32 {
    let access = try place.access()
    let tenants = try access.scope(over: place.selection, for: .respond).tenants.map(\.name)
    guard tenants.count == 1, let tenant = tenants.first else {
      throw ResponseFailure("name the tenant whose it is with --tenant NAME")
    }
    guard let environment = try EnvironmentStore.open(store: place.store, access: .readWrite)
    else { return ExitCodes.queryError }
    let now = SystemClock().wallTicks
    let filter = deliver ? try deliveryFilter(of: tenant) : nil
    for path in files {
      var items: [EnvironmentItem] = []
      for (index, node) in try AlertFile(path).all().enumerated() {
        do throws(ResponseFailure) {
          let item = try EnvironmentItem(node, now: now)
          items.append(filter.map { item.delivered(by: $0) } ?? item)
        } catch {
          throw ResponseFailure("\(path), object \(index + 1): \(error)")
        }
      }
      try environment.load(items, of: tenant)
      try access.note("environment loaded", on: tenant, detail: "\(path): \(items.count)")
      console.note("\(TerminalText(path).text): \(items.count) loaded")
    }
    return 0
  }

  private func deliveryFilter(of tenant: String) throws -> DeliveryFilter? {
    try IncidentStore.open(store: place.store, access: .readOnly)
      .map { try AllowBlockStore($0).filter(of: tenant) }
  }
}

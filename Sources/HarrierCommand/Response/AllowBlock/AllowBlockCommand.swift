import ArgumentParser
import Hunting
import Incidents
import Response
import Tenancy

/// `harrier allow-block`: what each tenant's mail lets through and what not.
struct AllowBlockCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allow-block",
    abstract: "Manage the tenants' allow/block lists of senders, URLs, files and addresses.",
    discussion: """
      A block beats every allow. Blocked senders, URLs and spoof pairs are quarantined as \
      high-confidence phish, files as malware; addresses of servers are dropped. Queries read the \
      lists as the table TenantAllowBlockList.

        harrier allow-block add --store logs --tenant contoso --block --url evil.example/pay
        harrier allow-block list --store logs
        harrier allow-block check --store logs --url https://evil.example/pay/now
      """,
    subcommands: [
      AllowBlockListCommand.self, AllowBlockAddCommand.self, AllowBlockRemoveCommand.self,
      AllowBlockCheckCommand.self,
    ]
  )
}

/// `harrier allow-block list`.
struct AllowBlockListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the entries of tenants, the newest first.",
    discussion: """
        harrier allow-block list --store logs
        harrier allow-block list --store logs --all --format json
      """
  )

  @OptionGroup var place: TenantPlace

  @Flag(help: "List those that are expired or removed too.")
  var all = false

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .readIncidents)
    guard let incidents = opened.incidents else {
      try console.write(AllowBlockListing.entries([], at: AccessClock.now), as: format)
      return 0
    }
    let found = try AllowBlockStore(incidents).entries(of: opened.tenants, all: all)
    try console.write(AllowBlockListing.entries(found, at: incidents.now), as: format)
    return 0
  }
}

/// What an entry is about, or a mail that is asked about.
struct EntryValue: ParsableArguments {
  @Option(help: ArgumentHelp("An address, or a domain with all of its addresses."))
  var sender: String?

  @Option(help: ArgumentHelp("A URL, and all below it."))
  var url: String?

  @Option(help: ArgumentHelp("A file, by its SHA-256.", valueName: "digits"))
  var sha256: String?

  @Option(help: ArgumentHelp("The address of a server, or a range such as 203.0.113.0/24."))
  var ip: String?

  var values: [(ListEntry.Kind, String)] {
    [(.sender, sender), (.url, url), (.fileHash, sha256), (.ip, ip)].compactMap { kind, value in
      value.map { (kind, $0) }
    }
  }
}

/// `harrier allow-block add`.
struct AllowBlockAddCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Block a sender, URL, file, address or spoof pair, or let it through.",
    discussion: """
      An entry holds 30 days, or as many as --days says (90 at most), or with --never until it is \
      removed; those for addresses and spoof pairs never expire. It takes the place of one for \
      the same value.

        harrier allow-block add --store logs --tenant contoso --block --sender evil.example
        harrier allow-block add --store logs --tenant contoso --allow --url shop.example --days 7
        harrier allow-block add --store logs --block --spoof 'contoso.example, 203.0.113.0/24'
      """
  )

  @OptionGroup var place: TenantPlace
  @OptionGroup var value: EntryValue

  @Option(
    help: ArgumentHelp("A sender and where it comes from; either may be *.", valueName: "pair")
  )
  var spoof: String?

  @Flag(help: "Block it.")
  var block = false

  @Flag(help: "Let it through.")
  var allow = false

  @Option(help: ArgumentHelp("How long it holds.", valueName: "days"))
  var days: Int?

  @Flag(help: "Keep it until it is removed.")
  var never = false

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var note = ""

  @Option(help: "How to write the entries: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  private var chosen: [(ListEntry.Kind, String)] {
    value.values + (spoof.map { [(.spoof, $0)] } ?? [])
  }

  func validate() throws {
    if block == allow { throw ValidationError("Say what to do: --block or --allow.") }
    if chosen.count != 1 {
      throw ValidationError("Name one of --sender, --url, --sha256, --ip and --spoof.")
    }
    if never, days != nil { throw ValidationError("--never and --days exclude each other.") }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .respond)
    let store = AllowBlockStore(try opened.required().incidents)
    var made: [ListEntry] = []
    for tenant in opened.tenants {
      for (kind, value) in chosen {
        var request = EntryRequest(block ? .block : .allow, kind, value, of: tenant)
        request.note = note
        if let days { request.days = days }
        if never { request.days = nil }
        let entry = try store.add(request, by: opened.actor)
        made.append(entry)
        try opened.access.note(
          "allow-block entry added",
          on: tenant,
          detail: "\(entry.reference.number): \(entry.action.rawValue) \(kind.rawValue) "
            + entry.value
        )
      }
    }
    try console.write(AllowBlockListing.entries(made, at: AccessClock.now), as: format)
    return 0
  }
}

/// `harrier allow-block remove`.
struct AllowBlockRemoveCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove entries.",
    discussion: """
        harrier allow-block remove --store logs contoso/1
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER of each.", valueName: "entries"))
  var entries: [String]

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .respond)
    let store = AllowBlockStore(try opened.required().incidents)
    for text in entries {
      let reference = try opened.reference(text, kind: "entry")
      try store.remove(reference, by: opened.actor)
      try opened.access.note(
        "allow-block entry removed",
        on: reference.tenant,
        detail: "\(reference.number)"
      )
      console.note("\(reference) is removed")
    }
    return 0
  }
}

/// `harrier allow-block check`.
struct AllowBlockCheckCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what the lists of tenants do with a mail.",
    discussion: """
        harrier allow-block check --store logs --sender ann@evil.example
        harrier allow-block check --store logs --tenant contoso --ip 203.0.113.7 --url a.example/b
      """
  )

  @OptionGroup var place: TenantPlace
  @OptionGroup var value: EntryValue

  @Option(help: "How to write it: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    if value.values.isEmpty {
      throw ValidationError("Name some of --sender, --url, --sha256 and --ip.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .readIncidents)
    var mail = ArrivingMail()
    mail.sender = value.sender
    mail.address = value.ip
    mail.urls = value.url.map { [$0] } ?? []
    mail.hashes = value.sha256.map { [$0] } ?? []
    let effects = try opened.tenants.map { tenant in
      let filter = try opened.incidents.map { try AllowBlockStore($0).filter(of: tenant) }
      return (tenant, filter?.effect(on: mail) ?? .none)
    }
    try console.write(AllowBlockListing.effects(effects), as: format)
    return 0
  }
}

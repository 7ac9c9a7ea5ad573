import ArgumentParser
import Columnar
import FileAccess
import Hunting
import SourceText
import Tenancy

/// `harrier access`: who may do what for which tenants.
struct AccessRootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "Say who may do what for which tenants of a store.",
    discussion: """
      A store belongs to its owner, who needs no set-up. Principals that are added here reach what \
      they are granted and nothing else; a tenant that is not theirs looks like one that is not \
      there. Whoever can read the files of a store can read its rows: keep the files to yourself \
      and let others in through --as.

        harrier access add logs ana
        harrier access grant logs ana analyst --for contoso --expires 90d
        harrier query --store logs --as ana 'DeviceProcessEvents | take 5'

      Roles and what they may do: reader (hunt, read-incidents), analyst (and manage-incidents), \
      engineer (hunt, read-incidents, manage-detections), responder (as analyst, and respond), \
      administrator (all, manage-tenants among them). Single capabilities may be named too. 'hunt' \
      reads all tables of a tenant, also those of its alerts, incidents and actions.
      """,
    subcommands: [
      AccessListCommand.self, AccessAddCommand.self, AccessRemoveCommand.self,
      AccessGrantCommand.self, AccessRevokeCommand.self,
    ]
  )
}

/// The clock of grants.
enum AccessClock {
  static var now: DateTime { DateTime(ticks: SystemClock().wallTicks) }
}

/// `harrier access list`.
struct AccessListCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the grants that are yours or for tenants that you manage.",
    discussion: """
        harrier access list logs
        harrier access list logs --as ana
      """
  )

  @OptionGroup var place: AccessPlace

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let seen = try seen()
    let grants = seen.state.grants(
      seenBy: seen.principal,
      present: try seen.present(),
      at: AccessClock.now
    )
    try console.write(AccessListing.grants(grants), as: format)
    return 0
  }
}

/// `harrier access add`.
struct AccessAddCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a principal, which may do nothing yet.",
    discussion: """
        harrier access add logs ana
      """
  )

  @OptionGroup var place: AccessPlace

  @Argument(help: ArgumentHelp("What it is called by.", valueName: "name"))
  var name: String

  func run(_ console: Console) throws -> Int32 {
    try change { access, principal, _ in try access.addPrincipal(name, by: principal) }
  }
}

/// `harrier access remove`.
struct AccessRemoveCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove a principal and all its grants.",
    discussion: """
        harrier access remove logs ana
      """
  )

  @OptionGroup var place: AccessPlace

  @Argument(help: ArgumentHelp("The principal.", valueName: "name"))
  var name: String

  func run(_ console: Console) throws -> Int32 {
    try change { access, principal, _ in try access.removePrincipal(name, by: principal) }
  }
}

/// `harrier access grant`.
struct AccessGrantCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant",
    abstract: "Grant a principal roles or capabilities for tenants, groups or all.",
    discussion: """
      A tenant or a group that is not there yet is noted; the grant holds once it is.

        harrier access grant logs ana analyst --for contoso,fabrikam --expires 90d
        harrier access grant logs ana hunt,read-incidents --for group:europe
      """
  )

  @OptionGroup var place: AccessPlace

  @Argument(help: ArgumentHelp("The principal.", valueName: "name"))
  var name: String

  @OptionGroup var granted: GrantedCapabilities

  @Option(
    help: ArgumentHelp(
      "When the grant ends: after a time (90d, P1D) or at one (2027-01-31T12:00Z).",
      valueName: "time"
    )
  )
  var expires: String?

  func validate() throws {
    if let expires, Self.end(expires) == nil {
      throw ValidationError("--expires is a time such as 90d or 2027-01-31.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    try change { access, principal, present in
      try access.grant(
        granted.capabilities,
        to: name,
        for: granted.targets,
        expiresAt: expires.flatMap(Self.end),
        by: principal,
        present: present
      )
      let state = try access.state()
      for target in granted.targets where !state.isKnown(target, present: present) {
        console.note(TerminalText("note: \(Self.missing(target))").text)
      }
    }
  }

  private static func missing(_ target: GrantTarget) -> String {
    switch target {
    case .group(let name): "there is no group '\(name)' yet; the grant holds once there is"
    default: "there is no tenant '\(target)' yet; the grant holds once there is"
    }
  }

  private static func end(_ text: String) -> DateTime? {
    let bytes = Array(text.utf8)
    if let span = TimeSpan(duration: bytes) ?? TimeSpan(parsingLiteral: bytes) {
      let (ticks, overflows) = AccessClock.now.ticks.addingReportingOverflow(span.ticks)
      return overflows ? nil : DateTime(ticks: ticks)
    }
    return DateTime(parsing: bytes)
  }
}

/// `harrier access revoke`.
struct AccessRevokeCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Take roles or capabilities back that were granted for the same tenants.",
    discussion: """
        harrier access revoke logs ana analyst --for contoso
      """
  )

  @OptionGroup var place: AccessPlace

  @Argument(help: ArgumentHelp("The principal.", valueName: "name"))
  var name: String

  @OptionGroup var granted: GrantedCapabilities
  func run(_ console: Console) throws -> Int32 {
    try change { access, principal, present in
      try access.revoke(
        granted.capabilities,
        from: name,
        for: granted.targets,
        by: principal,
        present: present
      )
    }
  }
}

/// What is granted and for which tenants.
struct GrantedCapabilities: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Roles and capabilities, with commas between.", valueName: "roles")
  )
  var roles: String

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "Tenants with commas between, group:NAME, or all.",
      valueName: "tenants"
    )
  )
  var tenants: String

  func validate() throws {
    for name in roles.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    where Role(rawValue: name) == nil && Capability(rawValue: name) == nil {
      let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
      let capabilities = Capability.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "'\(TerminalText(name).text)' is no role (\(roles)) and no capability (\(capabilities))."
      )
    }
    if GrantTarget.list(tenants) == nil {
      throw ValidationError("--for holds an empty name; write --for a,b.")
    }
  }

  var capabilities: [Capability] {
    roles.split(separator: ",").map(String.init).flatMap { name in
      Role(rawValue: name)?.capabilities ?? Capability(rawValue: name).map { [$0] } ?? []
    }
  }

  var targets: [GrantTarget] { GrantTarget.list(tenants) ?? [] }
}

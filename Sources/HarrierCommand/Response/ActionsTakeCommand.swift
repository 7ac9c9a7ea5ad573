import ArgumentParser
import Columnar
import FileAccess
import Hunting
import Incidents
import Response
import Tenancy

/// `harrier actions take`.
struct ActionsTakeCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "take",
    abstract: "Take an action on devices, mails, users, files or apps by hand.",
    discussion: """
      Kinds: \(ActionWords.kinds).

      Targets are IDENTIFIER=VALUE words: deviceId; sha1 or sha256, with deviceId to quarantine; \
      networkMessageId and recipientEmailAddress; accountSid, accountObjectId or accountUpn; url; \
      sender; mailboxPrimaryAddress and ruleName; appId, with accountUpn for what one user alone \
      let the app do. An identifier that comes again begins the next target; 100 at most. They are \
      of the tenant of --tenant, or of the alert or incident that is named. With --propose \
      somebody else approves first.

        harrier actions take --store logs --tenant contoso isolateDevice deviceId=d1
        harrier actions take --store logs --tenant contoso --propose runAntivirusScan deviceId=d1
        harrier actions take --store logs --alert default/da1 --propose isolateDevice deviceId=d1
        harrier actions take --store logs --tenant contoso --propose revokeAppConsent appId=a1
        harrier actions take --store logs --tenant contoso --senders-copy softDelete \\
          networkMessageId=m1 recipientEmailAddress=bob@contoso.example
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("What to do.", valueName: "kind"))
  var kind: String

  @Argument(help: ArgumentHelp("What to do it to.", valueName: "identifier=value"))
  var targets: [String]

  @Option(help: ArgumentHelp("The incident it is of, TENANT/NUMBER.", valueName: "incident"))
  var incident: String?

  @Option(help: ArgumentHelp("The alert it is about, TENANT/ID or the id.", valueName: "alert"))
  var alert: String?

  @Option(help: ArgumentHelp("A name for people.", valueName: "text"))
  var name = ""

  @Option(
    help: ArgumentHelp(
      "isolationType=selective, or what else a connector needs; may be given again.",
      valueName: "name=value"
    )
  )
  var with: [String] = []

  @Flag(
    help: ArgumentHelp(
      "Delete the copies of the senders too; with softDelete.",
      discussion: "EmailEvents say who the senders are; mails are Intra-org or Outbound."
    )
  )
  var sendersCopy = false

  @OptionGroup var execution: ActionExecution

  @Option(help: "How to write the actions: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  /// The most targets by hand.
  private static let mostTargets = 100

  func validate() throws {
    if ActionKind(rawValue: kind).map(\.isOffered) != true {
      throw ValidationError("There is no action '\(kind)'; there are \(ActionWords.kinds).")
    }
    if sendersCopy, kind != ActionKind.softDelete.rawValue {
      throw ValidationError("--senders-copy goes with softDelete.")
    }
    if let name = with.map({ ActionExecution.pair($0).0 })
      .first(where: { SendersCopy.parameterNames.contains($0) })
    {
      throw ValidationError("--with \(name) is not given by name; use --senders-copy.")
    }
    let refusals = with.map(ActionExecution.pair)
      .compactMap { ActionKind(rawValue: kind)?.refusal(ofParameter: $0.0, $0.1) }
    if let why = refusals.first { throw ValidationError("--with: \(why).") }
    for text in targets + with where !text.dropFirst().contains("=") {
      throw ValidationError("'\(text)' has no name and '='; write IDENTIFIER=VALUE.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openActions(for: .respond)
    guard let kind = ActionKind(rawValue: kind) else { return ExitCodes.usage }
    let store = try opened.required()
    let alert = try alert.map(opened.opened.alert)
    let incident = try incident.map(opened.opened.reference)
    let tenant = try Self.tenant(alert, incident, opened)
    let asked = try requests(kind, tenant)
    let requests = try store.bind(
      sendersCopy ? try SendersCopySearch(opened.source).addCopies(to: asked) : asked,
      alert: alert?.id,
      incident: incident
    )
    let proposed = try store.propose(requests, by: opened.actor)
    for (action, isNew) in proposed where !isNew {
      console.note("\(action.reference) does that for the alert already")
    }
    let made = proposed.filter(\.isNew).map(\.action.reference)
    try opened.opened.note(
      "action asked for: \(kind.rawValue)",
      made.map { ItemOutcome(tenant: $0.tenant, item: "\($0.number)", failure: nil) }
    )
    if !execution.propose, !execution.later, !made.isEmpty {
      try opened.runOrLeave(.references(made), console)
    }
    let actions = try proposed.map { try store.action($0.action.reference).action }
    try console.write(ActionRowListing.actions(actions), as: format)
    return ActionExecution.code(actions)
  }

  /// The tenant of the targets: that of what they are about, else the one that is asked for.
  private static func tenant(
    _ alert: AlertReference?,
    _ incident: IncidentReference?,
    _ opened: OpenedActions
  ) throws -> String {
    if let alert, let incident, alert.tenant != incident.tenant {
      throw ResponseFailure(
        "the alert '\(alert)' and the incident '\(incident)' are of two tenants"
      )
    }
    if let named = alert?.tenant ?? incident?.tenant { return named }
    guard opened.tenants.count == 1, let tenant = opened.tenants.first else {
      throw ResponseFailure("name the tenant whose they are with --tenant NAME")
    }
    return tenant
  }

  private func requests(_ kind: ActionKind, _ tenant: String) throws -> [ActionRequest] {
    let groups = Self.groups(targets.map(ActionExecution.pair))
    if groups.count > Self.mostTargets {
      throw ResponseFailure(
        "by hand an action is done to \(Self.mostTargets) targets at most; use harrier query --act"
      )
    }
    let parameters = Dictionary(with.map(ActionExecution.pair)) { _, last in last }
    let approval = groups.count > 1 ? ActionExecution.makeApproval() : ""
    let names = Set(kind.identifiers.flatMap { $0 })
    if let (other, _) = groups.joined().first(where: { !names.contains($0.0) }) {
      throw ResponseFailure(
        "\(kind.rawValue) has no identifier '\(other)'; it has "
          + names.sorted().joined(separator: ", ")
      )
    }
    if let (name, _) = groups.joined().first(where: { $0.1.isEmpty }) {
      throw ResponseFailure("the identifier '\(name)' has no value")
    }
    return try groups.map { known in
      var request = ActionRequest(
        kind,
        on: try ActionTarget(kind, known),
        of: tenant,
        source: ActionSource.manual(kind)
      )
      request.parameters = parameters
      request.name = name
      request.approval = approval
      request.needsApproval = execution.propose
      return request
    }
  }

  /// Identifiers by target: one that comes again begins the next.
  private static func groups(_ pairs: [(String, String)]) -> [[(String, String)]] {
    var groups: [[(String, String)]] = []
    for pair in pairs {
      if groups.last.map({ $0.contains { $0.0 == pair.0 } }) != false { groups.append([]) }
      groups[groups.count - 1].append(pair)
    }
    return groups
  }
}

/// When actions are executed.
struct ActionExecution: ParsableArguments {
  @Flag(help: "Ask for it only; somebody else approves it within a week.")
  var propose = false

  @Flag(help: "Leave the execution to 'harrier actions run' or 'harrier schedule'.")
  var later = false

  static func pair(_ text: String) -> (String, String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts[0]), String(parts.dropFirst().first ?? ""))
  }

  /// What the actions of a request have in common.
  static func makeApproval() -> String {
    String(SystemRandomness().nextUInt64(), radix: 16)
  }

  /// The exit code for what became of actions.
  static func code(_ actions: [ActionRecord]) -> Int32 {
    actions.contains { [.failed, .mayHaveRun].contains($0.status) } ? ExitCodes.queryError : 0
  }
}

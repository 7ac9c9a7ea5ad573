import ArgumentParser
import DetectionRules
import Hunting
import Incidents
import Tenancy

/// What incidents and alerts have in common that can be changed.
struct ManageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Who is to own it: a name, me, or none.", valueName: "name")
  )
  var assign: [String] = []

  @Option(
    help: ArgumentHelp(
      "truePositive, informationalExpectedActivity, falsePositive or unknown, with /DETERMINATION.",
      valueName: "classification"
    )
  )
  var classify: [String] = []

  @Option(help: ArgumentHelp("A comment; it stays for ever.", valueName: "text"))
  var comment: [String] = []

  func validate() throws {
    try SingleValue.check(assign, "--assign")
    try SingleValue.check(classify, "--classify")
    try SingleValue.check(comment, "--comment")
  }

  func assignment(_ me: String) throws -> Assignment? {
    switch assign.first {
    case nil: nil
    case "none": .nobody
    case "me": .to(me)
    case .some(let name):
      if name.isEmpty || name.contains(",") {
        throw IncidentFailure("an incident has one owner; '\(name)' is none")
      } else {
        .to(name)
      }
    }
  }

  func classification() throws -> Classification? {
    try classify.first.map { try Classification(reading: $0) }
  }
}

/// `harrier incidents update`.
struct IncidentsUpdateCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Assign, classify, tag, comment, rename, resolve incidents, of many tenants at once.",
    discussion: """
      Each incident is changed wholly or not at all, and once however often it is named; what came \
      of each is listed. Assigning and \
      resolving do the same with its alerts. What is to become of an incident is said once: two \
      owners are refused. So is taking away a tag that an incident does not have.

        harrier incidents update --store logs default/1 --assign me --status inProgress
        harrier incidents update --store logs default/1 --classify truePositive/phishing
        harrier incidents update --store logs default/1 --status resolved --resolving-comment done
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER of each.", valueName: "incidents"))
  var incidents: [String]

  @OptionGroup var manage: ManageOptions

  @Option(
    help: ArgumentHelp("active, inProgress, awaitingAction or resolved.", valueName: "status")
  )
  var status: [String] = []

  @Option(help: ArgumentHelp("informational, low, medium or high.", valueName: "severity"))
  var severity: [String] = []

  @Option(help: ArgumentHelp("A name of your own.", valueName: "name"))
  var name: [String] = []

  @Option(help: ArgumentHelp("What it is about.", valueName: "text"))
  var description: [String] = []

  @Option(help: ArgumentHelp("A tag to add; may be given again.", valueName: "tag"))
  var addTag: [String] = []

  @Option(help: ArgumentHelp("A tag to take away; may be given again.", valueName: "tag"))
  var removeTag: [String] = []

  @Option(help: ArgumentHelp("Why it is resolved.", valueName: "text"))
  var resolvingComment: [String] = []

  @Option(help: "How to write the outcomes: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    for text in status where IncidentStatus(reading: text) == nil {
      throw ValidationError("--status is active, inProgress, awaitingAction or resolved.")
    }
    for text in severity where Severity(reading: text) == nil {
      throw ValidationError("--severity is informational, low, medium or high.")
    }
    for (values, option) in [
      (status, "--status"), (severity, "--severity"), (name, "--name"),
      (description, "--description"), (resolvingComment, "--resolving-comment"),
    ] {
      try SingleValue.check(values, option)
    }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openIncidents(for: .manageIncidents)
    let change = try change(opened.access.principal.name)
    if change.isEmpty { throw IncidentFailure("say what to change, such as --assign me") }
    let found = incidents.map { text in
      Result { () throws(IncidentFailure) in
        do { return try opened.reference(text) } catch { throw IncidentFailure("\(error)") }
      }
    }
    let outcomes = try opened.outcomes(of: incidents, found) { references in
      let done = try opened.required().apply(change, to: references, by: opened.actor)
      try opened.note("incident changed", done)
      return done
    }
    try console.write(IncidentListing.outcomes(outcomes), as: format)
    return outcomes.contains { $0.failure != nil } ? ExitCodes.queryError : 0
  }

  private func change(_ me: String) throws -> IncidentChange {
    var change = IncidentChange()
    change.status = status.first.flatMap { IncidentStatus(reading: $0) }
    change.assignment = try manage.assignment(me)
    change.classification = try manage.classification()
    change.severity = severity.first.flatMap { Severity(reading: $0) }
    change.name = name.first
    change.description = description.first
    change.addedTags = addTag
    change.removedTags = removeTag
    change.comment = manage.comment.first
    change.resolvingComment = resolvingComment.first
    return change
  }
}

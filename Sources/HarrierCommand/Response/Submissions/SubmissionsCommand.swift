import ArgumentParser
import Hunting
import Incidents
import Response
import Tenancy

/// `harrier submissions`: what people think the mail filter is wrong about.
struct SubmissionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submissions",
    abstract: "Hand in mails, URLs and files that were judged wrongly, and review them.",
    discussion: """
      A mail that a user hands in as phish or malware raises an alert, which starts its playbook. \
      A review may add an entry to the tenant's allow/block list.

        harrier submissions add --store logs --tenant default --url a.example --category phishing
        harrier submissions list --store logs
      """,
    subcommands: [
      SubmissionsListCommand.self, SubmissionsShowCommand.self, SubmissionsAddCommand.self,
      SubmissionsReviewCommand.self,
    ]
  )
}

/// `harrier submissions list`.
struct SubmissionsListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what was handed in, the newest first.",
    discussion: """
      In JSON and NDJSON submissions have fields: \
      \(SubmissionListing.fieldNames.joined(separator: ", ")). Content is an object.

        harrier submissions list --store logs --limit 10
        harrier submissions list --store logs --limit 10 --skip 10
      """
  )

  @OptionGroup var place: TenantPlace

  @OptionGroup var page: PageOptions

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .readIncidents)
    let store = opened.incidents.map { SubmissionStore($0) }
    let found = try store?.submissions(
      of: opened.tenants,
      limit: page.limit,
      offset: page.skip
    )
    let total = try store?.submissionCount(of: opened.tenants)
    try console.write(SubmissionListing.submissions(found ?? []), as: format)
    console.tell(found?.count ?? 0, of: total ?? 0, "submissions")
    return 0
  }
}

/// `harrier submissions show`.
struct SubmissionsShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a submission, its alert, and the entries that followed.",
    discussion: """
      ListEffect is what the tenant's allow/block list does with it if it comes now, and the entry \
      behind that. JSON and NDJSON have the fields of a list, and Alert (an object, or null), \
      Entries (a list of objects) and ListEffect (an object).

        harrier submissions show --store logs default/1
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER.", valueName: "submission"))
  var submission: String

  @Option(help: "How to write it: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .readIncidents)
    let incidents = try opened.required().incidents
    let reference = try opened.submission(submission)
    let store = SubmissionStore(incidents)
    let found = try store.submission(reference)
    let links = try store.links(of: found)
    let tables = InvestigationTables(
      store: place.store,
      engine: HuntingEngine(clock: opened.clock),
      supplements: StoreAccess.supplements(store: place.store)
    )
    let effect = try SubmissionEffect(tables).effect(
      on: found,
      entries: links.entries,
      AllowBlockStore(incidents).filter(of: reference.tenant),
      at: incidents.now
    )
    try console.write(
      SubmissionListing.summary(
        found,
        alert: links.alert,
        entries: links.entries,
        effect: effect
      ),
      as: format
    )
    return 0
  }
}

extension OpenedInvestigations {
  func submission(_ text: String) throws -> ResponseReference {
    try reference(text, kind: "submission")
  }
}

/// `harrier submissions add`.
struct SubmissionsAddCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Hand in a mail, a URL or a file, and say what it is.",
    discussion: """
      A mail is one of the tenant's EmailEvents, with one of its recipients.

        harrier submissions add --store logs --tenant default --url a.example --category phishing
        harrier submissions add --store logs --tenant default --mail m1 \
      --recipient ann@contoso.example --category phishing --user
      """
  )

  @OptionGroup var place: TenantPlace
  @OptionGroup var limits: RunOptions

  @Option(help: ArgumentHelp("A mail, by its NetworkMessageId.", valueName: "id"))
  var mail: String?

  @Option(help: ArgumentHelp("Whose copy of the mail.", valueName: "mail"))
  var recipient: String?

  @Option(help: ArgumentHelp("A URL."))
  var url: String?

  @Option(help: ArgumentHelp("A file, by its SHA-256.", valueName: "digits"))
  var sha256: String?

  @Option(
    help: ArgumentHelp("notJunk, spam, phishing or malware.", valueName: "category")
  )
  var category: String

  @Flag(help: "A user of the tenant reports it, not an administrator.")
  var user = false

  @Option(help: "How to write it: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    if [mail, url, sha256].compactMap({ $0 }).count != 1 {
      throw ValidationError("Name one of --mail, --url and --sha256.")
    }
    if (mail == nil) != (recipient == nil) {
      throw ValidationError("--mail and --recipient go together.")
    }
    if Submission.Category(rawValue: category) == nil {
      throw ValidationError("--category is notJunk, spam, phishing or malware.")
    }
  }

  private var content: SubmissionRequest.Content {
    if let mail { return .email(id: mail, recipient: recipient ?? "") }
    if let url { return .url(url) }
    return .file(sha256: sha256 ?? "")
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .manageIncidents)
    let tenant = try opened.singleTenant()
    let incidents = try opened.required().incidents
    let store = SubmissionStore(incidents)
    if let mail {
      try opened.require(.mail(id: mail, recipient: recipient), of: tenant, limits)
    }
    let request = SubmissionRequest(
      content,
      Submission.Category(rawValue: category) ?? .notJunk,
      by: user ? .user : .administrator,
      of: tenant
    )
    let made = try store.add(request, by: opened.actor)
    try opened.access.note(
      "submission",
      on: tenant,
      detail: "\(made.reference.number): \(made.category.rawValue) \(made.text)"
    )
    try console.correlate(incidents)
    console.tell(try opened.pipeline(limits).run(tenants: [tenant]))
    try console.write(SubmissionListing.submissions([made]), as: format)
    return 0
  }
}

/// `harrier submissions review`.
struct SubmissionsReviewCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Say what a submission is; a list entry may follow.",
    discussion: """
      --block and --allow add an entry for the submitted URL or file, or for what --sender names. \
      Only a threat is blocked, and only what is notJunk or noThreatsFound is let through.

        harrier submissions review --store logs default/1 --result phishing --block
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("TENANT/NUMBER.", valueName: "submission"))
  var submission: String

  @Option(
    help: ArgumentHelp(
      "\(SubmissionResult.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "result"
    )
  )
  var result: String

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var comment = ""

  @Flag(help: "Block it.")
  var block = false

  @Flag(help: "Let it through.")
  var allow = false

  @Option(help: ArgumentHelp("The sender that the entry is about.", valueName: "mail"))
  var sender: String?

  @Option(help: ArgumentHelp("How long the entry holds.", valueName: "days"))
  var days = EntryRequest.standardDays

  @Option(help: "How to write it: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    if SubmissionResult(rawValue: result) == nil {
      throw ValidationError("--result has no '\(result)'.")
    }
    if block, allow { throw ValidationError("--block and --allow exclude each other.") }
    if sender != nil, !block, !allow {
      throw ValidationError("--sender goes with --block or --allow.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openInvestigations(for: .respond)
    let store = SubmissionStore(try opened.required().incidents)
    let reference = try opened.submission(submission)
    var review = SubmissionReview(SubmissionResult(rawValue: result) ?? .unknown)
    review.detail = comment
    review.days = days
    if block || allow {
      review.entry = try entry(store.submission(reference))
    }
    let found = try store.review(reference, review, by: opened.actor)
    try opened.access.note(
      "submission reviewed",
      on: reference.tenant,
      detail: "\(reference.number): \(result)"
    )
    try console.write(SubmissionListing.submissions([found]), as: format)
    return 0
  }

  private func entry(
    _ found: Submission
  ) throws -> (action: ListEntry.Action, kind: ListEntry.Kind, value: String) {
    let action: ListEntry.Action = block ? .block : .allow
    if let sender { return (action, .sender, sender) }
    if let url = found["url"] { return (action, .url, url) }
    if let hash = found["sha256"] { return (action, .fileHash, hash) }
    throw ResponseFailure("of a mail name the sender of the entry with --sender")
  }
}

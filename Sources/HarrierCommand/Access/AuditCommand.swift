import ArgumentParser
import FileAccess
import Hunting
import OperationalStore
import Tenancy

/// `harrier audit`: what was done in a store, and whether that record is whole.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Show the audit trail of a store, and check that nobody has changed it.",
    discussion: """
      The trail begins when access to a store is set up (harrier access, harrier tenants). Each \
      entry holds a hash of itself and the one before, so that a change, a gap or a swap shows. \
      Who can write the files could still write all of it anew: keep the head that 'verify' prints \
      elsewhere, and give it to a later 'verify --head'.

        harrier audit list logs
        harrier audit verify logs
      """,
    subcommands: [AuditListCommand.self, AuditVerifyCommand.self]
  )
}

/// `harrier audit list`.
struct AuditListCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the last entries, oldest first; the owner's to see.",
    discussion: """
        harrier audit list logs --last 20
      """
  )

  @OptionGroup var place: AccessPlace

  @Option(help: ArgumentHelp("How many entries.", valueName: "count"))
  var last = 100

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func validate() throws {
    if last < 1 { throw ValidationError("--last must be 1 or more.") }
  }

  func run(_ console: Console) throws -> Int32 {
    try requireOwner()
    let entries = try AccessStore.open(store: store, access: .readOnly)?.audit(last: last) ?? []
    try console.write(AccessListing.audit(entries), as: format)
    return 0
  }
}

extension AccessCommand {
  /// Fails for everybody but the owner.
  func requireOwner() throws {
    if try !seen().principal.isOwner {
      throw AccessFailure.notPermitted("see the audit trail; it is its owner's")
    }
  }
}

/// `harrier audit verify`.
struct AuditVerifyCommand: AccessCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compute all hashes anew; exit code 1 where the trail was changed.",
    discussion: """
        harrier audit verify logs
      """
  )

  @OptionGroup var place: AccessPlace

  @Option(
    help: ArgumentHelp("A head that was kept; it must be in the trail.", valueName: "head")
  )
  var head: String?

  func validate() throws {
    if let head, AuditHead(head) == nil {
      throw ValidationError("--head is a number, a colon and 64 hex digits, as verify prints it.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    try requireOwner()
    guard let access = try AccessStore.open(store: store, access: .readOnly) else {
      if head != nil {
        console.note("error: the audit trail is missing")
        return ExitCodes.queryError
      }
      console.note("nothing was set up in this store, so that there is no audit trail")
      return 0
    }
    switch try access.verifyAudit(head: head.flatMap { AuditHead($0) }) {
    case .whole(let head):
      console.note("\(head.sequence) entries, all as they were written")
      try console.write(Array("\(head)\n".utf8))
      return 0
    case .tampered(let problem, let head):
      console.note("error: the audit trail was changed: \(problem)")
      console.note("the entries up to number \(head.sequence) are as they were written")
      return ExitCodes.queryError
    }
  }
}

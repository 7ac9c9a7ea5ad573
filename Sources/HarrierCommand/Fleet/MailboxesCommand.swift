import ArgumentParser
import Fleet

/// `harrier mailboxes`: the mailboxes of all tenants.
struct MailboxesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mailboxes",
    abstract: "Show what is known of a mailbox: facts, alerts, incidents, its mails.",
    discussion: """
      'harrier mailboxes queries NAME' prints the query behind each part.

        harrier mailboxes show --store logs --timespan all tberg@contoso.example
      """,
    subcommands: [MailboxesShowCommand.self, MailboxesQueriesCommand.self]
  )
}

/// `harrier mailboxes show`.
struct MailboxesShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one mailbox by its address.",
    discussion: """
      Mails are counted, and the timeline has mails, what became of them, clicks, changes of the \
      mailbox and alerts, of the last 30 days (--timespan), or from --from until before --to.

        harrier mailboxes show --store logs --timespan all tberg@contoso.example
        harrier mailboxes show --store logs tberg@contoso.example --from 2026-03-01 --limit 20
      """
  )

  @OptionGroup var view: EntityView

  @Argument(help: ArgumentHelp("The address.", valueName: "address"))
  var mailbox: String

  func validate() throws {
    if mailbox.isEmpty { throw ValidationError("Name an address, such as ana@contoso.example.") }
  }

  func run(_ console: Console) throws -> Int32 {
    try view.show(mailbox, "mailbox", MailboxQueries.entity, console)
  }
}

/// `harrier mailboxes queries`.
struct MailboxesQueriesCommand: FleetQueriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "queries",
    abstract: "Print the query behind a part of the view of a mailbox, or list them.",
    discussion: """
        harrier mailboxes queries
        harrier mailboxes queries mailboxes.timeline
      """
  )

  static var queries: [FleetQuery] { MailboxQueries.all }

  @OptionGroup var choice: FleetQueryChoice
}

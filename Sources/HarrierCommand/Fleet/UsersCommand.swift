import ArgumentParser
import Fleet

/// `harrier users`: the people of all tenants.
struct UsersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "users",
    abstract: "Show what is known of a user: facts, alerts, incidents, what happened.",
    discussion: """
      Facts are those of the last row of IdentityInfo, else of the evidence of alerts. 'harrier \
      users queries NAME' prints the query behind each part.

        harrier users show --store logs --timespan all dreyes@contoso.example
      """,
    subcommands: [UsersShowCommand.self, UsersQueriesCommand.self]
  )
}

/// `harrier users show`.
struct UsersShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one user by the user principal name, object id or SID.",
    discussion: """
      A name may lack its domain; several users of one name are all shown. The timeline has \
      sign-ins, directory and cloud events, processes, clicks and alerts of the last 30 days \
      (--timespan), or from --from until before --to.

        harrier users show --store logs --timespan all dreyes@contoso.example
        harrier users show --store logs dreyes@contoso.example --from 2026-03-01 --part timeline
      """
  )

  @OptionGroup var view: EntityView

  @Argument(help: ArgumentHelp("The name, object id or SID.", valueName: "user"))
  var user: String

  func validate() throws {
    if user.isEmpty { throw ValidationError("Name a user, such as ana@contoso.example.") }
  }

  func run(_ console: Console) throws -> Int32 {
    try view.show(user, "user", UserQueries.entity, console)
  }
}

/// `harrier users queries`.
struct UsersQueriesCommand: FleetQueriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "queries",
    abstract: "Print the query behind a part of the view of a user, or list them.",
    discussion: """
        harrier users queries
        harrier users queries users.timeline
      """
  )

  static var queries: [FleetQuery] { UserQueries.entity.all }

  @OptionGroup var choice: FleetQueryChoice
}

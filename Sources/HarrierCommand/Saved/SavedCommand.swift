import ArgumentParser
import Columnar
import FileAccess
import Hunting
import KQLSyntax
import SourceText
import Tenancy

/// `harrier saved`: queries and functions that are kept under a name.
struct SavedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "saved",
    abstract: "Keep queries and functions under names, list, show, run and remove them.",
    discussion: """
      What is saved here is what .save, .saved, .run and .forget of the shell \
      know. With --store DIR it is kept in the store, for each principal \
      (--as NAME) by itself; without, below $XDG_DATA_HOME/harrier, else \
      ~/.local/share/harrier. Names have letters, digits, '_' and '-'.

      A query is run by its name:

        harrier saved save encoded --file hunts/encoded_powershell.kql
        harrier saved run encoded --load DeviceProcessEvents=events.ndjson

      A function (--function) is called by queries, with arguments where it \
      declares parameters:

        harrier saved save recent --function --store logs \\
          '(days:int) { DeviceEvents | where Timestamp > ago(days * 1d) }'
        harrier query 'recent(3) | count' --store logs

      What is shared (--shared) may be used by all principals of the store. \
      One's own stands before what others share under the same name, and only \
      one's own can be removed.

        harrier saved save triage 'AlertInfo | take 20' --shared \\
          --store logs --as ana
        harrier saved run triage --store logs --as bob
        harrier saved show triage --store logs --as bob > triage.kql
        harrier saved list --store logs --format json

      Exit codes are those of 'harrier query'; 1 too where nothing is saved \
      under a name.
      """,
    subcommands: [
      SavedListCommand.self, SavedShowCommand.self, SavedSaveCommand.self, SavedRunCommand.self,
      SavedRemoveCommand.self,
    ]
  )
}

/// Where saved texts are, and whose they are.
struct SavedPlace: ParsableArguments {
  @Option(
    help: ArgumentHelp("Those of this store; your own outside of stores without.", valueName: "dir")
  )
  var store: String?

  @OptionGroup var identity: IdentityOptions

  func validate() throws {
    if store == nil, identity.principal != Principal.owner.name {
      throw ValidationError("--as names a principal of a store; name that with --store DIR.")
    }
  }

  var file: SavedFile { SavedFile(store: store, principalName: identity.principal) }
}

/// `harrier saved list`.
struct SavedListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what you saved and what others share.",
    discussion: """
      A row has the name, the kind (query or function), the owner, whether it \
      is shared, when it was saved last, and the text.

        harrier saved list --store logs --as ana --format json
      """
  )

  @OptionGroup var place: SavedPlace

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    try console.write(AccessListing.saved(try place.file.texts()), as: format)
    return 0
  }
}

/// `harrier saved show`.
struct SavedShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Write the text that is saved under a name.",
    discussion: """
      Of a function it is the declaration, which 'saved save --function' takes \
      back.

        harrier saved show encoded > encoded.kql
      """
  )

  @Argument(help: ArgumentHelp("What it is saved as.", valueName: "name"))
  var name: String

  @OptionGroup var place: SavedPlace

  func run(_ console: Console) throws -> Int32 {
    let text = try place.file.text(name).text
    let shown = Terminal.isTerminal(.output) ? TerminalLines.safe(text) : text
    try console.write(Array((text.hasSuffix("\n") ? shown : shown + "\n").utf8))
    return 0
  }
}

/// `harrier saved save`.
struct SavedSaveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "save",
    abstract: "Keep a query or function under a name, in the place of your own of that name.",
    discussion: """
      A text that does not parse is not saved; tables and columns need not be \
      there yet.

        harrier saved save encoded --file hunts/encoded_powershell.kql
        harrier saved save logons 'DeviceLogonEvents' \\
          --function --shared --store logs
      """
  )

  @Argument(help: ArgumentHelp("What to save it as.", valueName: "name"))
  var name: String

  @OptionGroup var query: QueryText
  @OptionGroup var place: SavedPlace

  @Flag(help: "Let queries call it as NAME(); '(x:long) { … }' declares parameters.")
  var function = false

  @Flag(help: "Let all others who use the store use it, too.")
  var shared = false

  func run() throws {
    let console = Console()
    let code = try CommandRun.guarded(console, source: { nil }) {
      let text = try query.read()
      let isDeclaration =
        function && FunctionText.isDeclaration(String(decoding: text.bytes, as: UTF8.self))
      let tree = KQLParser.parse(text)
      if !isDeclaration, tree.diagnostics.hasErrors {
        console.show(tree.diagnostics, of: text)
        return ExitCodes.queryError
      }
      try place.file.save(text, as: name, isFunction: function, isShared: shared)
      return 0
    }
    if code != 0 { throw ExitCode(code) }
  }
}

/// `harrier saved run`.
struct SavedRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Answer the query that is saved under a name, as 'harrier query' does.",
    discussion: """
      All options are those of 'harrier query'. Of a function it is a call \
      without arguments.

        harrier saved run encoded --load DeviceProcessEvents=events.ndjson
        harrier saved run logons --store logs --tenant contoso --format csv
      """
  )

  @Argument(help: ArgumentHelp("What it is saved as.", valueName: "name"))
  var name: String

  @OptionGroup var answer: AnswerOptions

  func run() throws { try answer.run { try SavedFile(answer.data).query(name) } }
}

/// `harrier saved remove`.
struct SavedRemoveCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove what you saved under a name; what others share stays.",
    discussion: """
        harrier saved remove encoded
      """
  )

  @Argument(help: ArgumentHelp("What it is saved as.", valueName: "name"))
  var name: String

  @OptionGroup var place: SavedPlace

  func run(_ console: Console) throws -> Int32 {
    try place.file.remove(name)
    return 0
  }
}

import ArgumentParser
import AttackGeneration
import Columnar
import FileAccess
import Hunting
import Incidents
import Tenancy

/// `harrier demo`: an attack from the first mail to the incident, by the commands that lead there.
struct DemoCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Make up an attack, detect it, and leave you at its incident; each command is shown.",
    discussion: """
      Two days of a company that does not exist, with a phishing mail that ends in stolen data, \
      are written to DIR/logs and put into the store DIR. What is run is what you would type, and \
      stands before what it prints. The same seed makes the same company. Which alerts belong to \
      the attack stands in DIR/logs/ground-truth.ndjson, and how well the incidents found that is \
      told in the end.

        harrier demo
        harrier demo another --seed 7
      """
  )

  @Argument(help: ArgumentHelp("The folder of the new store.", valueName: "dir"))
  var store = "harrier-demo"

  @Option(help: ArgumentHelp("What chance begins with, 0 to 999999.", valueName: "number"))
  var seed = 1

  func validate() throws {
    if seed < 0 || seed > 999_999 { throw ValidationError("--seed is 0 to 999999.") }
  }

  func run(_ console: Console) throws -> Int32 {
    let files = LocalFileSystem()
    if (try? files.status(of: store)) != nil {
      throw IncidentFailure("there is a '\(store)' already; name another folder: harrier demo DIR")
    }
    let world = DemoWorld(seed: UInt64(seed), now: SystemClock().wallTicks)
    try files.makeFoldersDurably(store + "/logs")
    let tables = try world.write(to: store + "/logs", files)
    console.note("A company of 40 people and two of its days: \(store)/logs")
    for step in DemoScript.steps(store: store, tables: tables) {
      console.note("\n\(step.why)\n$ harrier \(step.shown)")
      let code = try Self.perform(step.arguments, console)
      if code != 0 { return code }
    }
    console.note("\n" + (try DemoTruth.text(world.truth, store: store)))
    console.note(try DemoScript.farewell(store: store))
    return 0
  }

  /// Runs a command as if somebody had typed it.
  private static func perform(_ arguments: [String], _ console: Console) throws -> Int32 {
    let command = try Harrier.command(arguments)
    guard let command = command as? any ConsoleCommand else { return ExitCodes.usage }
    let code = try command.run(console)
    try console.output.flush()
    return code
  }
}

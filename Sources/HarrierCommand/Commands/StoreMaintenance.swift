import ArgumentParser
import Detections
import FileAccess
import Hunting
import OperationalStore
import TableStore
import Tenancy

/// `harrier store compact`.
struct StoreCompactCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Merge small segments, let old rows go (retention), and free what nobody reads.",
    discussion: """
        harrier store compact logs
      """
  )

  @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir"))
  var store: String

  func run(_ console: Console) throws -> Int32 {
    let open = try TableStore.open(store, mode: .readWrite)
    let expired = try open.applyRetention()
    let merged = try StoreCompaction(open).run()
    console.note(
      "\(merged.removed) segments merged into \(merged.added), \(expired) let go by retention"
    )
    return 0
  }
}

/// `harrier store retention`.
struct StoreRetentionCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "retention",
    abstract: "Say after how many days the rows of a table go; whole segments at a time.",
    discussion: """
      What is let go is gone for good; backups keep it.

        harrier store retention logs --tenant contoso --table DeviceInfo --days 3650
      """
  )

  @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir"))
  var store: String

  @Option(help: ArgumentHelp("The table.", valueName: "table"))
  var table: String

  @Option(help: ArgumentHelp("The tenant whose table it is.", valueName: "name"))
  var tenant = "default"

  @Option(
    help: ArgumentHelp("Days, 1 to 36500; without it rows stay for ever.", valueName: "count")
  )
  var days: Int?

  func run(_ console: Console) throws -> Int32 {
    let open = try TableStore.open(store, mode: .readWrite)
    try open.setRetention(days: days, tenant: tenant, table: table)
    let expired = try open.applyRetention()
    console.note("\(expired) segments let go")
    return 0
  }
}

/// `harrier store backup`.
struct StoreBackupCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy a store of one moment into a new folder, also while others read and write.",
    discussion: """
        harrier store backup logs logs-backup
        harrier store backup logs logs-links --link
      """
  )

  @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir"))
  var store: String

  @Argument(help: ArgumentHelp("The new folder.", valueName: "new dir"))
  var target: String

  @Flag(help: "Give the files a second name instead of copying them (same device only).")
  var link = false

  func run(_ console: Console) throws -> Int32 {
    try TableStore.open(store, mode: .readOnly).backup(to: target, by: link ? .linking : .copying)
    try AccessStore.open(store: store, access: .readOnly)?.copy(toStore: target)
    try DetectionStore.open(store: store, access: .readOnly)?.copy(toStore: target)
    return 0
  }
}

/// `harrier store restore`.
struct StoreRestoreCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make a store in a new folder of a backup, which is checked first.",
    discussion: """
        harrier store restore logs-backup logs-restored
      """
  )

  @Argument(help: ArgumentHelp("The folder of the backup.", valueName: "dir"))
  var backup: String

  @Argument(help: ArgumentHelp("The new folder.", valueName: "new dir"))
  var target: String

  func run(_ console: Console) throws -> Int32 {
    try TableStore.restore(backup, to: target)
    try AccessStore.open(store: backup, access: .readOnly)?.copy(toStore: target)
    try DetectionStore.open(store: backup, access: .readOnly)?.copy(toStore: target)
    return 0
  }
}

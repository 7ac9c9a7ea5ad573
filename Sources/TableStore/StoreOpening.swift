import FileAccess
public import OperationalStore

extension TableStore {
  /// Opens a store; a writer makes it if it is missing, and clears away what a crash left.
  ///
  /// A writer fails with `.locked` while another process writes. A reader needs a store that was
  /// made, and may open it while a writer works.
  public static func open(
    _ directory: String,
    mode: Mode,
    environment: StoreEnvironment = StoreEnvironment()
  ) throws(StoreFailure) -> TableStore {
    let layout = StoreLayout(root: directory, database: environment.databasePath)
    switch mode {
    case .readOnly: return try openForReading(layout, environment)
    case .readWrite: return try openForWriting(layout, environment)
    }
  }

  private static func openForReading(
    _ layout: StoreLayout,
    _ environment: StoreEnvironment
  ) throws(StoreFailure) -> TableStore {
    let isStore = try naming(layout) { () throws(FileFailure) in
      try environment.files.exists(layout.readers)
    }
    if !isStore { throw StoreFailure(.missing, path: layout.root) }
    let database = try OperationalStore(
      path: layout.database,
      access: .readOnly,
      migrations: CatalogueFormat.migrations
    )
    return TableStore(
      layout: layout,
      environment: environment,
      database: database,
      writerLock: nil
    )
  }

  private static func openForWriting(
    _ layout: StoreLayout,
    _ environment: StoreEnvironment
  ) throws(StoreFailure) -> TableStore {
    let lock = try naming(layout) { () throws(FileFailure) in
      try environment.files.makeFoldersDurably(layout.root)
      return try environment.files.lockExclusively(layout.lock)
    }
    try refuseLostCatalogue(layout, environment)
    let database = try OperationalStore(
      path: layout.database,
      access: .readWrite,
      migrations: CatalogueFormat.migrations,
      witness: environment.witness
    )
    try naming(layout) { () throws(FileFailure) in
      for folder in [layout.segments, layout.deadLetters, layout.temporary] {
        try environment.files.makeFolder(folder)
      }
      _ = try environment.files.openForAppending(layout.readers)
      try environment.files.syncFolder(layout.root)
    }
    let store = TableStore(
      layout: layout,
      environment: environment,
      database: database,
      writerLock: lock
    )
    try store.recover()
    return store
  }

  /// Refuses to make an empty catalogue beside files: recovery would take them for garbage.
  private static func refuseLostCatalogue(
    _ layout: StoreLayout,
    _ environment: StoreEnvironment
  ) throws(StoreFailure) {
    if environment.databasePath != nil { return }
    let files = environment.files
    let isLost = try naming(layout) { () throws(FileFailure) -> Bool in
      if try files.exists(layout.database) {
        if try files.status(of: layout.database).sizeBytes > 0 { return false }
      }
      if try !files.exists(layout.segments) { return false }
      return try !files.list(layout.segments).isEmpty
    }
    if isLost {
      throw StoreFailure(
        .corrupt(detail: "the catalogue harrier.db is missing although there are segments"),
        path: layout.root
      )
    }
  }

  /// Says of which store a file is when touching it fails.
  static func naming<Value>(
    _ layout: StoreLayout,
    _ body: () throws(FileFailure) -> Value
  ) throws(StoreFailure) -> Value {
    do throws(FileFailure) {
      return try body()
    } catch {
      throw StoreFailure(error, path: layout.root)
    }
  }
}

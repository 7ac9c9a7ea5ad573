/// Finds files by the ends of their names, below folders: the one way in which commands do.
public struct FileSearch {
  /// Says that a folder holds no such file at all.
  public struct NothingFound: Error, Sendable, Equatable, CustomStringConvertible {
    public let path: String
    /// The ends of names that were looked for.
    public let endings: [String]

    public var description: String {
      "there is no \(endings.joined(separator: " or ")) file in '\(path)'"
    }
  }

  /// The files in the order of the paths; below a folder in the order of their names, each once.
  public private(set) var files: [String] = []
  /// Why paths, or parts of folders, could not be looked at: `FileFailure` or ``NothingFound``.
  public private(set) var failures: [any Error] = []

  private let endings: [String]
  private let disk: any FileSystem
  private var seen: Set<String> = []
  /// Folders that were looked into, so that links that form loops are followed once.
  private var visited: Set<FileStamp> = []
  /// Files below the path at hand, those that another path named before included.
  private var matchCount = 0

  /// Folders below one another that are looked into; loops end here where no stamps are known.
  private static let mostDepth = 64

  /// Looks for files: those that paths name as they are, and all below the folders that they name
  /// whose names end as said. Names that begin with a dot are passed over below a folder.
  ///
  /// - Parameter endings: such as `.kql`.
  public init(_ paths: [String], endings: [String], in disk: any FileSystem) {
    self.endings = endings
    self.disk = disk
    for path in paths { attempt { try $0.look(at: path) } }
  }

  /// The files, where all paths could be looked at; throws the first failure otherwise.
  public func allFiles() throws -> [String] {
    if let failure = failures.first { throw failure }
    return files
  }

  private mutating func attempt(_ body: (inout FileSearch) throws -> Void) {
    do {
      try body(&self)
    } catch {
      failures.append(error)
    }
  }

  private mutating func look(at path: String) throws {
    guard try disk.status(of: path).kind == .directory else { return add(path) }
    let failureCount = failures.count
    visited = []
    matchCount = 0
    try look(in: path, depth: 0)
    if matchCount == 0, failures.count == failureCount {
      throw NothingFound(path: path, endings: endings)
    }
  }

  private mutating func add(_ path: String) {
    matchCount += 1
    if seen.insert(path).inserted { files.append(path) }
  }

  private mutating func look(in folder: String, depth: Int) throws {
    if depth > Self.mostDepth { return }
    if let stamp = disk.stamp(of: folder), !visited.insert(stamp).inserted { return }
    for name in try disk.list(folder) where !name.hasPrefix(".") {
      attempt { try $0.look(at: name, of: folder, depth: depth) }
    }
  }

  private mutating func look(at name: String, of folder: String, depth: Int) throws {
    let path = PathText.join(folder, name)
    let isWanted = endings.contains { name.hasSuffix($0) }
    // Broken links and files that are gone by now are passed over, unless they are looked for.
    let kind = isWanted ? try disk.status(of: path).kind : try? disk.status(of: path).kind
    if kind == .directory {
      try look(in: path, depth: depth + 1)
    } else if isWanted {
      add(path)
    }
  }
}

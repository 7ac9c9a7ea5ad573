public import FileAccess

/// Finds the query files below folders.
public struct QueryFileSearch {
  /// Says that a folder holds no query file at all.
  public struct NothingFound: Error, Sendable, CustomStringConvertible {
    public let path: String

    public var description: String { "there is no .kql or .csl file in '\(path)'" }
  }

  private let files: any FileSystem
  private var found: [String] = []
  private var seen: Set<String> = []
  /// Folders that were looked into, so that links that form loops are followed once.
  private var visited: Set<FileStamp> = []

  /// Folders below one another that are looked into; loops end here where no stamps are known.
  private static let mostDepth = 64

  private init(_ files: any FileSystem) { self.files = files }

  /// The files that paths name: files as they are, folders with all `.kql` and `.csl` files below
  /// them in order of their names, without hidden folders. Each file comes once.
  ///
  /// Throws `FileFailure`, and ``NothingFound`` for a folder without any.
  public static func files(_ paths: [String], in files: any FileSystem) throws -> [String] {
    var search = QueryFileSearch(files)
    for path in paths {
      if try files.status(of: path).kind != .directory {
        search.add(path)
        continue
      }
      let before = search.seen.count
      search.visited = []
      try search.look(in: path, depth: 0)
      if search.seen.count == before, !search.hasFiles(below: path) {
        throw NothingFound(path: path)
      }
    }
    return search.found
  }

  private mutating func add(_ path: String) {
    if seen.insert(path).inserted { found.append(path) }
  }

  private func hasFiles(below path: String) -> Bool {
    found.contains { $0.hasPrefix(PathText.join(path, "")) || path == "." }
  }

  private mutating func look(in folder: String, depth: Int) throws {
    if depth > Self.mostDepth { return }
    if let stamp = files.stamp(of: folder), !visited.insert(stamp).inserted { return }
    for name in try files.list(folder) where !name.hasPrefix(".") {
      let path = PathText.join(folder, name)
      let isQuery = name.hasSuffix(".kql") || name.hasSuffix(".csl")
      // Broken links and files that are gone by now are passed over, unless they are queries.
      let kind = isQuery ? try files.status(of: path).kind : try? files.status(of: path).kind
      if kind == .directory {
        try look(in: path, depth: depth + 1)
      } else if isQuery {
        add(path)
      }
    }
  }
}

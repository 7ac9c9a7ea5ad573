public import FileAccess

/// Tells which query files changed since the last look, by the stamps of all that they depend on.
public struct FileWatch {
  private let files: any FileSystem
  private var stamps: [String: [FileStamp?]] = [:]

  public init(_ files: any FileSystem) { self.files = files }

  /// The files of which something changed, came or went; all of them at the first look.
  public mutating func changed(_ queries: [QueryFile]) -> [QueryFile] {
    var known: [String: FileStamp?] = [:]
    var current: [String: [FileStamp?]] = [:]
    for query in queries {
      current[query.path] = query.dependencies.map { path in
        if let stamp = known[path] { return stamp }
        let stamp = files.stamp(of: path)
        known[path] = .some(stamp)
        return stamp
      }
    }
    let before = stamps
    stamps = current
    return queries.filter { before[$0.path] != current[$0.path] }
  }
}

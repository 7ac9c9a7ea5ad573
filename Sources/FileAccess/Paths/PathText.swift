/// Works on paths as texts, without a look at the disk.
public enum PathText {
  /// A path seen from a folder; an absolute one stays.
  public static func join(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") || folder == "." || folder.isEmpty { return path }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }

  /// The last part of a path.
  public static func name(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) }
      ?? path
  }

  /// The parts of a path without `.`, and `..` taken back where a part stands before it.
  public static func parts(_ path: String) -> [Substring] {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !path.hasPrefix("/") {
        parts.append(part)
      }
    }
    return parts
  }

  /// A path without `..` where parts can be taken back.
  private static func straight(_ path: String) -> String {
    guard path.split(separator: "/").contains("..") else { return path }
    return (path.hasPrefix("/") ? "/" : "") + parts(path).joined(separator: "/")
  }

  /// A path seen from a folder, both absolute or both seen from the same place; nil where one of
  /// them is not, or where the names of the parts between them are not known.
  public static func relative(_ path: String, from folder: String) -> String? {
    if path.hasPrefix("/") != folder.hasPrefix("/") { return nil }
    let wanted = parts(path)
    let base = parts(folder)
    let shared = zip(wanted, base).prefix { $0 == $1 }.count
    let climb = base.dropFirst(shared)
    if climb.contains("..") { return nil }
    return (climb.map { _ in ".." } + wanted.dropFirst(shared).map(String.init))
      .joined(separator: "/")
  }

  /// The folders in which a file lies, the nearest first, as far as its path tells.
  ///
  /// Of a relative path these end with the current folder.
  public static func ancestors(of path: String) -> [String] {
    var folders: [String] = []
    var rest = straight(path)
    while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) {
      if slash == rest.startIndex {
        if rest.utf8.count > 1 || folders.isEmpty { folders.append("/") }
        return folders
      }
      rest = String(rest[..<slash])
      if rest.hasSuffix("/") { continue }
      folders.append(rest)
    }
    if folders.last != ".", !rest.hasPrefix("/"), rest != ".." { folders.append(".") }
    return folders
  }
}

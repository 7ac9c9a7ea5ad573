import FileAccess

/// What changed in a working tree of git since a revision.
public struct GitChanges: Sendable {
  /// Says why git does not tell.
  public struct Refusal: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
  }

  /// The folder that was asked about, as it was given.
  private let folder: String
  /// That folder, seen from the top of the working tree; empty for the top itself.
  private let prefix: String
  /// The absolute path of the top.
  private let top: String
  /// Paths from the top that changed, are new or are gone.
  private let changed: Set<String>

  init(folder: String, prefix: String, top: String, changed: Set<String>) {
    self.folder = folder
    self.prefix = prefix
    self.top = top
    self.changed = changed
  }

  /// Asks git what differs between a revision and the files in the working tree, files that git
  /// does not track yet included.
  ///
  /// The revision is never taken for an option, and no program that the repository's own settings
  /// name is run. Throws ``Refusal`` with git's words where it knows no such revision, and
  /// `FileFailure` where there is no git.
  public static func since(_ revision: String, in folder: String) throws -> GitChanges {
    if revision.isEmpty || revision.hasPrefix("-") || revision.utf8.contains(0) {
      throw Refusal(description: "'\(revision)' is no revision of git")
    }
    let commit = try commit(of: revision, in: folder)
    let differing = try git(
      ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", commit, "--"],
      in: folder
    )
    let top = try text(["rev-parse", "--show-toplevel"], in: folder)
    let untracked = try git(["ls-files", "-o", "--exclude-standard", "-z"], in: top)
    return GitChanges(
      folder: folder,
      prefix: try text(["rev-parse", "--show-prefix"], in: folder),
      top: top,
      changed: Set(names(differing) + names(untracked))
    )
  }

  private static func commit(of revision: String, in folder: String) throws -> String {
    // Outside of a working tree this says so, and not that the revision is unknown.
    _ = try git(["rev-parse", "--show-toplevel"], in: folder)
    do {
      return try text(
        ["rev-parse", "--verify", "--end-of-options", revision + "^{commit}"],
        in: folder
      )
    } catch is Refusal {
      throw Refusal(description: "git knows no revision '\(revision)' in '\(folder)'")
    }
  }

  /// Whether a file changed, or one of those that it depends on.
  public func concern(_ file: QueryFile) -> Bool {
    file.dependencies.contains { place(of: $0).map(changed.contains) ?? false }
  }

  /// A path seen from the top; nil where it is not in the working tree.
  private func place(of path: String) -> String? {
    if let below = PathText.relative(path, from: folder) {
      let parts = PathText.parts(prefix + below)
      return parts.first == ".." ? nil : parts.joined(separator: "/")
    }
    guard path.hasPrefix(top + "/") else { return nil }
    return PathText.parts(String(path.dropFirst(top.count + 1))).joined(separator: "/")
  }

  private static func names(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The one line that git answers.
  private static func text(_ arguments: [String], in folder: String) throws -> String {
    var bytes = try git(arguments, in: folder)
    if bytes.last == 0x0A { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func git(_ arguments: [String], in folder: String) throws -> [UInt8] {
    let settings = ["--no-optional-locks", "-c", "core.fsmonitor=false", "-C", folder]
    let outcome = try ChildProcess("git", settings + arguments).run()
    if outcome.code == 0 { return outcome.output }
    let words = String(decoding: outcome.errors, as: UTF8.self)
      .split(separator: "\n").first.map(String.init)
    throw Refusal(
      description: "git refuses '\(arguments.first ?? "")' in '\(folder)': "
        + (words ?? "it ends with \(outcome.code)")
    )
  }
}

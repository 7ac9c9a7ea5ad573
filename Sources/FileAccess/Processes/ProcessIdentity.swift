import Glibc

/// Where and as whom this process runs.
public enum ProcessIdentity {
  /// The user whose rights count.
  public static var userID: UInt32 { geteuid() }

  /// The current folder as an absolute path; nil where it is gone.
  public static var folder: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    let text = String(cString: path)
    // The kernel says "(unreachable)…" of a folder outside the root of the process.
    return text.hasPrefix("/") ? text : nil
  }

  /// The names of environment variables that begin with `prefix`.
  public static func variables(startingWith prefix: String) -> [String] {
    var names: [String] = []
    var entry = environ
    while let text = entry.pointee {
      let name = String(cString: text).prefix { $0 != "=" }
      if name.hasPrefix(prefix) { names.append(String(name)) }
      entry += 1
    }
    return names
  }

  /// Sets an environment variable that is not set yet, for this process and those it starts.
  ///
  /// To be called before there are other threads.
  public static func setMissingVariable(_ name: String, to value: String) {
    setenv(name, value, 0)
  }
}

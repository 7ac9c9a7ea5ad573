/// Folders of the system and of programs that were installed, whose files are on many machines.
enum SystemFolder {
  /// Whether a folder is one of those; not where everybody may write.
  static func holds(_ folder: String?) -> Bool {
    guard let folder else { return false }
    var path = folder.lowercased().replacing("\\", with: "/")
    if path.hasPrefix("/device/harddiskvolume") {
      path = String(path.dropFirst("/device/harddiskvolume".count).drop { $0.isNumber })
    } else if path.dropFirst().hasPrefix(":") {
      path = String(path.dropFirst(2))
    }
    path += "/"
    if path.contains("/../") { return false }
    if writable.contains(where: path.hasPrefix) { return false }
    return system.contains(where: path.hasPrefix)
  }

  private static let system = [
    "/windows/", "/program files/", "/program files (x86)/", "/usr/bin/", "/usr/sbin/",
    "/usr/lib/", "/usr/libexec/", "/bin/", "/sbin/", "/lib/", "/applications/", "/system/",
  ]

  private static let writable = [
    "/windows/temp/", "/windows/tasks/", "/windows/tracing/", "/windows/debug/",
    "/windows/system32/spool/drivers/color/", "/windows/system32/tasks/",
    "/windows/registration/crmlog/",
  ]
}

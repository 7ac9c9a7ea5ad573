import FileAccess

/// Finds the folder of reference data beside the repository; it is absent on most machines.
enum SharedFolder {
  /// The path of the folder, relative to this file.
  static let path: String = {
    let parts = #filePath.split(separator: "/").dropLast(4)
    return "/" + parts.joined(separator: "/") + "/shared"
  }()

  /// The root of the repository.
  static let repository: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// Whether the folder is there; tests that need it are skipped with a message where it is not.
  static let isPresent = (try? LocalFileSystem().status(of: path)) != nil
}

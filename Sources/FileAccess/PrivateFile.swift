import Glibc

/// Files that only their owner may read.
public enum PrivateFile {
  /// Adds bytes to the end of a file, which is made if it is missing.
  public static func append(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
    let descriptor = try LocalFileSystem().retrying(path, .write) { open(path, flags, 0o600) }
    try DescriptorFile(descriptor, path: path).write(bytes)
  }
}

/// A file with its hashes.
struct FileArtifact: Sendable, Equatable {
  let name: String
  let folder: String
  let sha1: String
  let sha256: String
  let sizeBytes: Int
  let signer: String?

  var path: String { folder + "\\" + name }

  /// A file that no other story has.
  init(_ name: String, in folder: String, _ random: inout SeededRandom) {
    self.name = name
    self.folder = folder
    sha1 = random.hexadecimal(40)
    sha256 = random.hexadecimal(64)
    sizeBytes = random.number(20_000...4_000_000)
    signer = nil
  }

  /// A file that is the same on all devices of all tenants and in all scenarios.
  private init(common name: String, in folder: String, signer: String = "Microsoft Windows") {
    var random = SeededRandom(seed: 0, stream: "common file " + name)
    self.name = name
    self.folder = folder
    sha1 = random.hexadecimal(40)
    sha256 = random.hexadecimal(64)
    sizeBytes = random.number(20_000...4_000_000)
    self.signer = signer
  }

  private static let system32 = "C:\\Windows\\System32"

  static let commandPrompt = FileArtifact(common: "cmd.exe", in: system32)
  static let powerShell = FileArtifact(
    common: "powershell.exe",
    in: system32 + "\\WindowsPowerShell\\v1.0"
  )
  static let serviceHost = FileArtifact(common: "svchost.exe", in: system32)
  static let services = FileArtifact(common: "services.exe", in: system32)
  static let rundll = FileArtifact(common: "rundll32.exe", in: system32)
  static let shadowCopies = FileArtifact(common: "vssadmin.exe", in: system32)
  static let explorer = FileArtifact(common: "explorer.exe", in: "C:\\Windows")
  static let browser = FileArtifact(
    common: "msedge.exe",
    in: "C:\\Program Files (x86)\\Microsoft\\Edge\\Application",
    signer: "Microsoft Corporation"
  )
  static let word = FileArtifact(
    common: "WINWORD.EXE",
    in: "C:\\Program Files\\Microsoft Office\\root\\Office16",
    signer: "Microsoft Corporation"
  )
  static let archiver = FileArtifact(
    common: "7z.exe",
    in: "C:\\Program Files\\7-Zip",
    signer: "Igor Pavlov"
  )
  static let remoteService = FileArtifact(
    common: "PSEXESVC.exe",
    in: "C:\\Windows",
    signer: "Microsoft Corporation"
  )
  static let toolbar = FileArtifact(
    common: "FreePdfToolbarSetup.exe",
    in: "C:\\Users\\Public\\Downloads",
    signer: "Toolbar Media"
  )
}

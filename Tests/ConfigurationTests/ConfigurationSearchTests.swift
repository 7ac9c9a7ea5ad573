import FileAccess
import HarrierTesting
import SourceText
import Testing

@testable import Configuration

/// Which files are looked for, and which of them are trusted.
struct ConfigurationSearchTests {
  private static func search(
    _ files: OwnedFiles,
    from folder: String = "/home/ana/a/b",
    userFolder: String? = "/home/ana/.config/harrier"
  ) -> ConfigurationSearch {
    ConfigurationSearch(
      files,
      from: folder,
      home: "/home/ana",
      userFolder: userFolder,
      userID: 1000
    )
  }

  private static func found(_ sightings: [ConfigurationSighting]) -> [String] {
    sightings.compactMap { sighting in
      switch sighting.state {
      case .absent: nil
      case .found: sighting.path
      case .refused(let failure): "\(failure.diagnostic.code) \(sighting.path)"
      }
    }
  }

  @Test("the nearest file upwards counts") func nearest() {
    let files = OwnedFiles(["/home/ana/harrier.toml": "", "/home/ana/a/harrier.yml": ""])
    let search = Self.search(files)
    #expect(Self.found(search.folderSightings()) == ["/home/ana/a/harrier.yml"])
    #expect(search.folderSightings().map(\.path).first == "/home/ana/a/b/harrier.toml")
  }

  @Test("the way up ends at home, elsewhere at the root") func ends() {
    let files = OwnedFiles(["/harrier.toml": "", "/home/harrier.toml": ""])
    #expect(Self.found(Self.search(files).folderSightings()).isEmpty)
    #expect(Self.found(Self.search(files, from: "/srv/x").folderSightings()) == ["/harrier.toml"])
    #expect(Self.found(Self.search(files, from: "/").folderSightings()) == ["/harrier.toml"])
    #expect(Self.found(Self.search(files, from: "").folderSightings()).isEmpty)
  }

  @Test("the user's own file") func own() {
    let folder = "/home/ana/.config/harrier"
    let files = OwnedFiles(["\(folder)/config.yaml": ""])
    #expect(Self.found(Self.search(files).userSightings()) == ["\(folder)/config.yaml"])
    #expect(Self.search(files, userFolder: nil).userSightings().isEmpty)
    // It is not read again as the file of the folder.
    #expect(Self.found(Self.search(files, from: folder).folderSightings()).isEmpty)
  }

  @Test("two files in one folder") func two() {
    let files = OwnedFiles(["/home/ana/a/harrier.toml": "", "/home/ana/a/harrier.yaml": ""])
    let found = Self.found(Self.search(files).folderSightings())
    #expect(found == ["/home/ana/a/harrier.toml", "HR808 /home/ana/a/harrier.yaml"])
  }

  @Test(
    "owners and rights",
    arguments: [
      (1000, false, true, nil), (0, false, true, nil), (1001, false, false, nil),
      (1001, false, true, "HR810"), (1000, true, true, "HR810"), (1000, true, false, nil),
    ] as [(UInt32, Bool, Bool, String?)]
  ) func owners(_ owner: UInt32, _ isOpen: Bool, _ folderIsOpen: Bool, _ code: String?) {
    let files = OwnedFiles(
      ["/tmp/harrier.yaml": ""],
      owners: [
        "/tmp/harrier.yaml": FileOwnership(userID: owner, isWritableByAll: isOpen),
        "/tmp": FileOwnership(userID: 0, isWritableByAll: folderIsOpen),
      ]
    )
    let found = Self.found(Self.search(files, from: "/tmp/work").folderSightings())
    #expect(found == [code.map { $0 + " /tmp/harrier.yaml" } ?? "/tmp/harrier.yaml"])
  }

  @Test("one's own file must be one's own wherever it is") func ownOwner() {
    let path = "/home/ana/.config/harrier/harrier.yaml"
    let owner = FileOwnership(userID: 1001, isWritableByAll: false)
    let files = OwnedFiles([path: ""], owners: [path: owner])
    #expect(Self.found(Self.search(files).userSightings()) == ["HR810 \(path)"])
  }

  @Test("a file that is too large") func large() {
    let text = "a: " + String(repeating: "b", count: ConfigurationLimits.bytes)
    let files = OwnedFiles(["/home/ana/a/b/harrier.yaml": text])
    let found = Self.found(Self.search(files).folderSightings())
    #expect(found == ["HR809 /home/ana/a/b/harrier.yaml"])
  }

  @Test("files of a real disk have owners; a folder of the name is none") func disk() throws {
    try withTemporaryFolder { folder in
      let disk = LocalFileSystem()
      try disk.write(Array("store: logs".utf8), to: folder + "/harrier.yaml")
      let read = try disk.readOwned(folder + "/harrier.yaml", limitBytes: 100)
      #expect(
        read.ownership == FileOwnership(userID: ProcessIdentity.userID, isWritableByAll: false)
      )
      #expect(read.ownership == disk.ownership(of: folder + "/harrier.yaml"))
      #expect(disk.ownership(of: folder + "/none") == nil)
      #expect(throws: FileFailure.self) { try disk.readOwned(folder, limitBytes: 100) }
    }
  }
}

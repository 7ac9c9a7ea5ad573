import FileAccess
import Testing

/// Holds the simulated disk to what a power loss may do, and to nothing else.
struct SimulatedDiskTests {
  @Test func `what was not synced is lost`() throws {
    let disk = SimulatedDisk(root: "d")
    try disk.writeSynced([[1]], to: "d/named")
    try disk.syncFolder("d")
    try disk.writeSynced([[2]], to: "d/nameless")
    let file = try disk.openForAppending("d/named")
    try file.write([9])
    try disk.makeFolder("d/folder")
    disk.restart(.unsynced)
    #expect(disk.files == ["d/named": [1]])
    #expect(try disk.list("d") == ["named"])
    #expect(throws: FileFailure.self) { try file.write([9]) }
  }

  @Test func `a killed process leaves what it wrote`() throws {
    let disk = SimulatedDisk(root: "d")
    let file = try disk.create("d/x")
    try file.write([1])
    let lock = try disk.lockExclusively("d/L")
    disk.restart(.nothing)
    #expect(disk.files["d/x"] == [1])
    let again = try disk.lockExclusively("d/L")
    withExtendedLifetime((lock, again)) {}
  }

  @Test func `a rename lasts with its new folder`() throws {
    for loss in [SimulatedDisk.Loss.unsynced, .torn, .reordered] {
      for seed in 0..<16 {
        let disk = SimulatedDisk(root: "d")
        try disk.makeFoldersDurably("d/a")
        try disk.makeFoldersDurably("d/b")
        try disk.writeSynced([[1, 2, 3]], to: "d/a/x")
        try disk.rename("d/a/x", to: "d/b/x")
        try disk.syncFolder("d/b")
        disk.restart(loss, seed: UInt64(seed))
        #expect(disk.files == ["d/b/x": [1, 2, 3]])
      }
    }
  }

  @Test func `torn files are prefixes, reordered ones have holes`() throws {
    var torn: Set<[UInt8]> = []
    var reordered: Set<[UInt8]> = []
    for seed in 0..<64 {
      for loss in [SimulatedDisk.Loss.torn, .reordered] {
        let disk = SimulatedDisk(root: "d")
        try disk.writeSynced([[1]], to: "d/x")
        try disk.syncFolder("d")
        let file = try disk.openForAppending("d/x")
        try file.write([2])
        try file.write([3])
        disk.restart(loss, seed: UInt64(seed))
        let bytes = try #require(disk.files["d/x"])
        if loss == .torn { torn.insert(bytes) } else { reordered.insert(bytes) }
      }
    }
    #expect(torn == [[1], [1, 2], [1, 2, 3]])
    #expect(reordered == [[1], [1, 2], [1, 0, 3], [1, 2, 3]])
  }

  @Test func `a failed sync drops the bytes even where a second one succeeds`() throws {
    let disk = SimulatedDisk(root: "d")
    let file = try disk.create("d/x")
    try disk.syncFolder("d")
    try file.write([1])
    disk.fail(atOperation: disk.operationCount, with: .inputOutput)
    #expect(throws: FileFailure(.io(code: 5), path: "d/x", operation: .sync)) { try file.sync() }
    try file.sync()
    #expect(disk.files["d/x"] == [1])
    disk.restart(.unsynced)
    #expect(disk.files["d/x"] == [])
  }

  @Test func `faults fall on the operation that they are planned for`() throws {
    let disk = SimulatedDisk(root: "d")
    let file = try disk.create("d/x")
    disk.fail(atOperation: 2, with: .shortWrite)
    try file.write([1, 2])
    #expect(throws: FileFailure(.noSpace, path: "d/x", operation: .write)) {
      try file.write([3, 4])
    }
    try file.write([5])
    #expect(disk.files["d/x"] == [1, 2, 3, 5])
    disk.crash(atOperation: disk.operationCount)
    #expect(throws: FileFailure.self) { try disk.list("d") }
    #expect(throws: FileFailure.self) { try disk.pass("commit") }
    disk.restart(.nothing)
    #expect(try disk.list("d") == ["x"])
    #expect(disk.trace == ["0 list d"])
  }
}

/// What a simulated disk holds: names and bytes as a running program sees them, and as they would
/// be found after a power loss.
struct SimulatedDiskState {
  /// What a path names.
  enum Entry: Equatable {
    case folder
    case file(Int)
  }

  /// A change of names that lasts only once its folder is synced.
  enum Change {
    case add(String, Entry)
    case rename(String, to: String, Entry)
    case remove(String)

    /// The folder whose sync makes the change last.
    var folder: String {
      switch self {
      case .add(let path, _), .remove(let path): FileAccess.folder(of: path)
      case .rename(_, let newPath, _): FileAccess.folder(of: newPath)
      }
    }
  }

  /// The bytes of a file; the last of them may be lost.
  struct File {
    var bytes: [UInt8] = []
    /// Bytes from the front that outlast a crash.
    var syncedBytes = 0
    /// Where each write since the last sync ends.
    var writeEnds: [Int] = []
    /// Bytes beyond which a failed sync dropped everything for good.
    var droppedFrom: Int?
  }

  var files: [Int: File] = [:]
  var names: [String: Entry] = [:]
  private(set) var lastingNames: [String: Entry] = [:]
  private var changes: [Change] = []
  private var nextFile = 0

  /// Makes a disk with the folder `root`.
  init(root: String) {
    names[root] = .folder
    lastingNames[root] = .folder
  }

  /// Whether `path` is a folder that a name can be made in.
  func isFolder(_ path: String) -> Bool { names[path] == .folder }

  /// The names right below a folder.
  func children(of path: String) -> [String] {
    let prefix = path + "/"
    return names.keys.filter { $0.hasPrefix(prefix) && !$0.dropFirst(prefix.count).contains("/") }
      .map { String($0.dropFirst(prefix.count)) }
  }

  /// Makes an empty file and returns its number.
  mutating func makeFile(_ path: String) -> Int {
    nextFile += 1
    files[nextFile] = File()
    change(.add(path, .file(nextFile)))
    return nextFile
  }

  /// Makes a change that running programs see at once.
  mutating func change(_ change: Change) {
    changes.append(change)
    Self.apply(change, to: &names)
  }

  /// Makes the changes of names in one folder last.
  mutating func syncFolder(_ path: String) {
    var waiting: [Change] = []
    for change in changes {
      if change.folder == path {
        Self.apply(change, to: &lastingNames)
        if case .rename(let old, _, _) = change {
          waiting.removeAll { if case .add(old, _) = $0 { true } else { false } }
        }
      } else {
        waiting.append(change)
      }
    }
    changes = waiting
  }

  /// Makes the bytes of a file last.
  mutating func syncFile(_ number: Int) {
    guard var file = files[number] else { return }
    file.syncedBytes = file.bytes.count
    file.writeEnds = []
    files[number] = file
  }

  /// Drops what a failed sync did not bring to disk, although programs still see it.
  mutating func dropUnsynced(_ number: Int) {
    guard var file = files[number] else { return }
    if file.droppedFrom == nil { file.droppedFrom = file.syncedBytes }
    files[number] = file
  }

  /// Turns the disk into what is found after a power loss.
  mutating func losePower(_ mode: SimulatedDisk.Loss, choosing random: SeededRandomness) {
    if mode == .nothing { return }
    var kept = lastingNames
    switch mode {
    case .nothing, .unsynced: break
    case .torn:
      let count = Self.draw(below: changes.count + 1, random)
      for change in changes.prefix(count) { Self.apply(change, to: &kept) }
    case .reordered:
      for change in changes where Self.draw(below: 2, random) == 0 {
        Self.apply(change, to: &kept)
      }
    }
    for number in files.keys.sorted() { loseBytes(of: number, mode, random) }
    names = kept
    lastingNames = kept
    changes = []
  }

  private mutating func loseBytes(
    of number: Int,
    _ mode: SimulatedDisk.Loss,
    _ random: SeededRandomness
  ) {
    guard var file = files[number] else { return }
    let unsynced = file.bytes.count - file.syncedBytes
    switch mode {
    case .nothing: break
    case .unsynced: file.bytes.removeLast(unsynced)
    case .torn: file.bytes.removeLast(Self.draw(below: unsynced + 1, random))
    case .reordered:
      var start = file.syncedBytes
      var end = start
      for writeEnd in file.writeEnds {
        if Self.draw(below: 2, random) == 0 {
          end = writeEnd
        } else {
          for place in start..<writeEnd { file.bytes[place] = 0 }
        }
        start = writeEnd
      }
      file.bytes.removeLast(file.bytes.count - end)
    }
    if let limit = file.droppedFrom, file.bytes.count > limit {
      file.bytes.removeLast(file.bytes.count - limit)
    }
    file.syncedBytes = file.bytes.count
    file.writeEnds = []
    file.droppedFrom = nil
    files[number] = file
  }

  private static func apply(_ change: Change, to names: inout [String: Entry]) {
    switch change {
    case .add(let path, let entry):
      if names[FileAccess.folder(of: path)] == .folder { names[path] = entry }
    case .remove(let path):
      names[path] = nil
    case .rename(let path, let newPath, let entry):
      names[path] = nil
      if names[FileAccess.folder(of: newPath)] == .folder { names[newPath] = entry }
      let prefix = path + "/"
      for (name, inner) in names where name.hasPrefix(prefix) {
        names[name] = nil
        names[newPath + "/" + name.dropFirst(prefix.count)] = inner
      }
    }
  }

  private static func draw(below limit: Int, _ random: SeededRandomness) -> Int {
    Int(random.nextUInt64() % UInt64(max(1, limit)))
  }
}

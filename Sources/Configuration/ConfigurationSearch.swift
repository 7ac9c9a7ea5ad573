public import FileAccess
public import SourceText

/// A configuration file that counts.
public struct ConfigurationFile: Sendable {
  public let path: String
  /// Whether it is the user's own, not that of whoever can write a folder.
  public let isPersonal: Bool
  public let source: SourceText
}

/// A place at which a configuration file was looked for.
public struct ConfigurationSighting: Sendable {
  public enum State: Sendable {
    case absent
    case found(ConfigurationFile)
    case refused(ConfigurationFailure)
  }

  public let path: String
  public let state: State
}

/// Looks for configuration files: the user's own, and the nearest upwards from a folder.
///
/// The way up ends with the first folder that has one, with the home folder, or with the root.
public struct ConfigurationSearch {
  private let files: any FileSystem
  private let folder: String
  private let home: String?
  private let userFolder: String?
  private let userID: UInt32
  private static let names = ["harrier.toml", "harrier.yaml", "harrier.yml"]
  private static let userNames =
    names + ["config.toml", "config.yaml", "config.yml"]

  /// - Parameters:
  ///   - folder: where the way up begins, as an absolute path.
  ///   - home: the home folder of the user.
  ///   - userFolder: where files of the user are; nil where that is not known.
  ///   - userID: who runs this process.
  public init(
    _ files: any FileSystem,
    from folder: String,
    home: String?,
    userFolder: String?,
    userID: UInt32
  ) {
    self.files = files
    self.folder = folder
    self.home = home
    self.userFolder = userFolder
    self.userID = userID
  }

  /// The places of the user's own file, of which one may have it.
  public func userSightings() -> [ConfigurationSighting] {
    guard let userFolder else { return [] }
    return sightings(in: userFolder, Self.userNames, isPersonal: true)
  }

  /// The places upwards from the folder, nearest first.
  public func folderSightings() -> [ConfigurationSighting] {
    var all: [ConfigurationSighting] = []
    var current = folder
    while current.hasPrefix("/") {
      // A folder whose file is the user's own is not read twice.
      if current != userFolder {
        let here = sightings(in: current, Self.names, isPersonal: false)
        all += here
        if here.contains(where: { $0.isThere }) { break }
      }
      if current == home || current == "/" { break }
      current = FileAccess.folder(of: current)
    }
    return all
  }

  private func sightings(
    in folder: String,
    _ names: [String],
    isPersonal: Bool
  ) -> [ConfigurationSighting] {
    var seen: String?
    return names.map { name in
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      guard (try? files.status(of: path).kind) == .regular else {
        return ConfigurationSighting(path: path, state: .absent)
      }
      if let seen {
        let failure = ConfigurationFailure.file(
          path,
          "HR808",
          "'\(seen)' is in the same folder",
          help: "keep one of them"
        )
        return ConfigurationSighting(path: path, state: .refused(failure))
      }
      seen = name
      return ConfigurationSighting(path: path, state: read(path, in: folder, isPersonal))
    }
  }

  private func read(
    _ path: String,
    in folder: String,
    _ isPersonal: Bool
  ) -> ConfigurationSighting.State {
    do {
      let read = try files.readOwned(path, limitBytes: ConfigurationLimits.bytes)
      if let reason = distrust(read.ownership, of: path, in: folder, isPersonal) {
        return .refused(reason)
      }
      let source = SourceText(bytes: read.bytes, name: path)
      return .found(ConfigurationFile(path: path, isPersonal: isPersonal, source: source))
    } catch {
      let rest = "\(error)"
      return .refused(.file(path, "HR809", rest, help: "--no-config does without it"))
    }
  }

  /// Why a file is not to be trusted; nil where it may be.
  private func distrust(
    _ owner: FileOwnership?,
    of path: String,
    in folder: String,
    _ isPersonal: Bool
  ) -> ConfigurationFailure? {
    guard let owner else { return nil }
    let isForeign = owner.userID != userID && owner.userID != 0
    let isOpen = files.ownership(of: folder)?.isWritableByAll ?? false
    let message: String
    if isForeign, isPersonal || isOpen {
      message = "it belongs to another user (\(owner.userID)) and is not trusted"
    } else if owner.isWritableByAll, isPersonal || isOpen {
      message = "everybody may write to it, so that it is not trusted"
    } else {
      return nil
    }
    return .file(
      path,
      "HR810",
      message,
      help: "remove it, make it yours (chown, chmod go-w), or say --no-config"
    )
  }
}

extension ConfigurationSighting {
  var isThere: Bool {
    if case .absent = state { false } else { true }
  }
}

import Columnar

/// What came of loading a file.
public struct LoadReport {
  /// Lines for people: bad lines, bad cells.
  public let messages: [String] = []
}

extension HuntingEngine {
  /// Loads a `Table=FILE` option.
  public mutating func load(_ option: String) throws -> LoadReport {
    throw QueryFailure(.unsupported, "files cannot be loaded yet")
  }

  /// Says which files stand for `externaldata` locations.
  public mutating func mapExternalData(_ files: [(String, String)]) throws {
    if !files.isEmpty { throw QueryFailure(.unsupported, "files cannot be loaded yet") }
  }
}

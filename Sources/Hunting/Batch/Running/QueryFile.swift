public import FileAccess
import SourceText

/// A query file with all that stands beside it.
public struct QueryFile: Sendable {
  public let path: String
  /// nil where it could not be read.
  let source: SourceText?
  let directives: FileDirectives
  let problems: [BatchProblem]
  /// Every file that decides the outcome, those that may come to be included.
  public let dependencies: [String]

  /// What the file of directives of a folder is called.
  public static let folderFile = "fixtures.harrier"

  /// Looks for query files, by the paths of files and folders.
  public static func search(_ paths: [String], in disk: any FileSystem) -> FileSearch {
    FileSearch(paths, endings: [".kql", ".csl"], in: disk)
  }

  /// The file with further directives of one query.
  public static func expectationFile(of path: String) -> String { path + ".expect" }

  /// The file with the recorded results.
  public static func snapshotFile(of path: String) -> String { path + ".snapshot" }
}

/// Reads query files; what holds for a folder is read once.
public struct QueryFileReader {
  private let files: any FileSystem
  private var folders: [String: Reading] = [:]

  private static let limitBytes = 16 << 20

  /// What one file says.
  private struct Reading {
    var directives = FileDirectives()
    var problems: [BatchProblem] = []
  }

  public init(_ files: any FileSystem) { self.files = files }

  /// Reads a file, the directives in its header, beside it and in its folders.
  public mutating func read(_ path: String) -> QueryFile {
    let ancestors = ancestors(of: path)
    let expectations = QueryFile.expectationFile(of: path)
    var readings = ancestors.reversed().map { folder(PathText.join($0, QueryFile.folderFile)) }
    readings.append(side(expectations))
    var problems: [BatchProblem] = []
    var source: SourceText?
    do throws(FileFailure) {
      let text = SourceText(
        bytes: try files.readAll(path, limitBytes: Self.limitBytes),
        name: TerminalText(path).text
      )
      source = text
      readings.append(header(of: text, path))
    } catch {
      problems.append(BatchProblem(.directive, error.description, file: path))
    }
    let merged = readings.reduce(FileDirectives()) { $1.directives.inFront(of: $0) }
    return QueryFile(
      path: path,
      source: source,
      directives: merged,
      problems: problems + readings.flatMap(\.problems),
      dependencies: [path, expectations, QueryFile.snapshotFile(of: path)]
        + ancestors.map { PathText.join($0, QueryFile.folderFile) }
        + merged.fixtures.map(\.path)
    )
  }

  /// The folders whose directives hold for a file: those above it, up to the one of the repository,
  /// or the current one where the path is relative.
  private func ancestors(of path: String) -> [String] {
    var folders: [String] = []
    for folder in PathText.ancestors(of: path) {
      folders.append(folder)
      if (try? files.status(of: PathText.join(folder, ".git"))) != nil { break }
    }
    return folders
  }

  private mutating func folder(_ path: String) -> Reading {
    if let known = folders[path] { return known }
    let reading = directives(in: path, allowsExpectations: false)
    folders[path] = reading
    return reading
  }

  private func side(_ path: String) -> Reading { directives(in: path, allowsExpectations: true) }

  private func directives(in path: String, allowsExpectations: Bool) -> Reading {
    do throws(FileFailure) {
      let source = SourceText(bytes: try files.readAll(path, limitBytes: Self.limitBytes))
      var reader = DirectiveReader(
        folder: folderName(path),
        allowsExpectations: allowsExpectations
      )
      reader.read(DirectiveLine.all(of: source, path))
      return Reading(directives: reader.directives, problems: reader.problems)
    } catch {
      if error.reason == .missing { return Reading() }
      return Reading(problems: [BatchProblem(.directive, error.description, file: path)])
    }
  }

  private func header(of source: SourceText, _ path: String) -> Reading {
    let found = DirectiveLine.header(of: source, path)
    var reader = DirectiveReader(folder: folderName(path))
    reader.read(found.lines)
    let late = found.late.prefix(1).map { line in
      BatchProblem(
        .directive,
        "directives stand before the first token of the text, this one comes too late",
        file: path,
        at: line.region
      )
    }
    return Reading(directives: reader.directives, problems: reader.problems + late)
  }

  private func folderName(_ path: String) -> String { FileAccess.folder(of: path) }
}

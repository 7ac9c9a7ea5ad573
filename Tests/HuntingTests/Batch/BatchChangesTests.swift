import FileAccess
import HarrierTesting
import Testing

@testable import Hunting

/// Finds the query files that changes concern, in working trees of git and on disk.
struct BatchChangesTests {
  private static let hasGit = (try? ChildProcess("git", ["--version"]).run())?.code == 0

  private func git(_ folder: String, _ arguments: String...) throws {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@t.example", "-C", folder]
    let outcome = try ChildProcess("git", identity + arguments).run()
    #expect(outcome.code == 0, "\(String(decoding: outcome.errors, as: UTF8.self))")
  }

  private func write(_ text: String, _ path: String) throws {
    try LocalFileSystem().write(Array(text.utf8), to: path)
  }

  /// A repository with queries that share a fixture outside of their folder.
  private func makeRepository(_ folder: String) throws {
    let files = LocalFileSystem()
    for path in ["q", "q/sub", "data"] { try files.makeFolder("\(folder)/\(path)") }
    try write("a\n1\n", "\(folder)/data/t.csv")
    try write("// harrier: load T from ../data/t.csv\nT", "\(folder)/q/fixture.kql")
    try write("print 1", "\(folder)/q/plain.kql")
    try write("print 1", "\(folder)/q/sub/deep é.kql")
    try git(folder, "init", "-q")
    try git(folder, "add", ".")
    try git(folder, "commit", "-q", "-m", "one")
  }

  private func concerned(_ folder: String, _ revision: String = "HEAD") throws -> [String] {
    var reader = QueryFileReader(LocalFileSystem())
    let changes = try GitChanges.since(revision, in: folder)
    return try QueryFile.search([folder], in: LocalFileSystem()).allFiles().map { reader.read($0) }
      .filter(changes.concern).map { String($0.path.dropFirst(folder.count + 1)) }
  }

  @Test("files, fixtures, snapshots and folder files count", .enabled(if: hasGit))
  func changes() throws {
    try withTemporaryFolder { folder in
      try makeRepository(folder)
      let queries = folder + "/q"
      #expect(try concerned(queries) == [])
      try write("a\n2\n", "\(folder)/data/t.csv")
      #expect(try concerned(queries) == ["fixture.kql"])
      try write("new", "\(queries)/sub/deep é.kql.snapshot")
      #expect(try concerned(queries) == ["fixture.kql", "sub/deep é.kql"])
      #expect(try concerned(queries + "/sub") == ["deep é.kql"])
      try git(folder, "add", ".")
      try git(folder, "commit", "-q", "-m", "two")
      #expect(try concerned(queries) == [])
      #expect(try concerned(queries, "HEAD~1").count == 2)
      try write("param x=1", "\(folder)/fixtures.harrier")
      #expect(try concerned(queries + "/sub") == ["deep é.kql"])
      #expect(try concerned(queries).count == 3)
      try LocalFileSystem().remove("\(folder)/fixtures.harrier")
      try LocalFileSystem().remove("\(folder)/data/t.csv")
      #expect(try concerned(queries) == ["fixture.kql"])
    }
  }

  @Test("revisions that git refuses are told, options are none", .enabled(if: hasGit))
  func refusals() throws {
    try withTemporaryFolder { folder in
      #expect(throws: GitChanges.Refusal.self) { try GitChanges.since("HEAD", in: folder) }
      try makeRepository(folder)
      for revision in ["nope", "--output=\(folder)/x", "-x", "", "a\u{0}b", "HEAD:q", "$(x)"] {
        #expect(throws: GitChanges.Refusal.self) { try GitChanges.since(revision, in: folder) }
      }
      #expect(try !LocalFileSystem().exists("\(folder)/x"))
    }
  }

  @Test func `a watch tells what changed`() throws {
    try withTemporaryFolder { folder in
      let files = LocalFileSystem()
      try write("// harrier: load T from t.csv\nT", "\(folder)/a.kql")
      try write("print 1", "\(folder)/b.kql")
      var watch = FileWatch(files)
      let changed = { (watch: inout FileWatch) in
        var reader = QueryFileReader(files)
        let queries = try QueryFile.search([folder], in: files).allFiles().map { reader.read($0) }
        return watch.changed(queries).map { String($0.path.dropFirst(folder.count + 1)) }
      }
      #expect(try changed(&watch) == ["a.kql", "b.kql"])
      #expect(try changed(&watch) == [])
      try write("a\n1\n", "\(folder)/t.csv")
      #expect(try changed(&watch) == ["a.kql"])
      try write("print 2", "\(folder)/b.kql")
      try write("print 1", "\(folder)/c.kql")
      #expect(try changed(&watch) == ["b.kql", "c.kql"])
    }
  }

  @Test func `the sample queries are as recorded`() throws {
    let files = LocalFileSystem()
    var reader = QueryFileReader(files)
    let queries = try QueryFile.search(
      ["\(SharedFolder.repository)/Samples/queries"],
      in: files
    ).allFiles().map { reader.read($0) }
    let summary = try BatchRunner(BatchFolder.Sources(base: HuntingEngine())).run(queries)
    #expect(summary.count(.passed) == 17)
    let problems = summary.outcomes.flatMap(\.problems)
    #expect(problems.isEmpty, "\(problems)")
  }
}

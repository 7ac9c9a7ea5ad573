import FileAccess
import HarrierTesting
import Testing

/// Which files a search finds below folders, and what it tells of the rest.
struct FileSearchTests {
  private let files = SimulatedFileSystem(texts: [
    "q/b.kql": "", "q/a.csl": "", "q/sub/c.kql": "", "q/readme.md": "", "q/kql": "",
    "q/.git/d.kql": "", "q/sub/.e.kql": "", "other/f.yaml": "", "none/g.txt": "",
  ])

  private func search(_ paths: String...) -> FileSearch {
    FileSearch(paths, endings: [".kql", ".csl"], in: files)
  }

  @Test func `files below folders come in order, hidden ones do not`() throws {
    #expect(try search("q").allFiles() == ["q/a.csl", "q/b.kql", "q/sub/c.kql"])
    #expect(FileSearch(["other"], endings: [".yaml"], in: files).files == ["other/f.yaml"])
  }

  @Test func `what is named is found, whatever its name`() throws {
    #expect(
      try search("q/readme.md", "q/sub/.e.kql").allFiles() == ["q/readme.md", "q/sub/.e.kql"]
    )
    #expect(try search("q/.git").allFiles() == ["q/.git/d.kql"])
  }

  @Test func `each file comes once`() throws {
    let found = search("q/sub", "q/b.kql", "q", "q/sub", "q/b.kql")
    #expect(try found.allFiles() == ["q/sub/c.kql", "q/b.kql", "q/a.csl"])
  }

  @Test func `failures are told, and the rest is found`() {
    let found = search("none", "gone", "q/sub")
    #expect(found.files == ["q/sub/c.kql"])
    #expect(found.failures.count == 2)
    let nothing = found.failures.first as? FileSearch.NothingFound
    #expect(nothing?.description == "there is no .kql or .csl file in 'none'")
    #expect((found.failures.last as? FileFailure)?.reason == .missing)
    #expect(throws: FileSearch.NothingFound.self) { try found.allFiles() }
  }

  @Test func `links that form loops and links to nothing end`() throws {
    try withTemporaryFolder { folder in
      let disk = LocalFileSystem()
      try disk.makeFolder("\(folder)/q")
      try disk.write([], to: "\(folder)/q/a.kql")
      for (target, name) in [(".", "loop"), ("..", "up"), ("nowhere", "b"), ("gone", "c.kql")] {
        let link = try ChildProcess("ln", ["-s", target, "\(folder)/q/\(name)"]).run()
        #expect(link.code == 0)
      }
      let found = FileSearch(["\(folder)/q"], endings: [".kql"], in: disk)
      #expect(found.files == ["\(folder)/q/a.kql"])
      // A query that cannot be read is told of; another broken link is none of our business.
      #expect(found.failures.compactMap { ($0 as? FileFailure)?.path } == ["\(folder)/q/c.kql"])
    }
  }

  @Test func `paths are worked on as texts`() {
    #expect(PathText.relative("a/b/../c.kql", from: "a") == "c.kql")
    #expect(PathText.relative("fixtures.harrier", from: "a/b") == "../../fixtures.harrier")
    #expect(PathText.relative("../x/y", from: "../x") == "y")
    #expect(PathText.relative("x", from: "../y") == nil)
    #expect(PathText.relative("/a", from: "b") == nil)
    #expect(PathText.ancestors(of: "a/b/c.kql") == ["a/b", "a", "."])
    #expect(PathText.ancestors(of: "c.kql") == ["."])
    #expect(PathText.ancestors(of: "/a/b.kql") == ["/a", "/"])
    #expect(PathText.ancestors(of: "../x/c.kql") == ["../x", ".."])
    #expect(PathText.ancestors(of: "a/../b/c.kql") == ["b", "."])
  }
}

import FileAccess
import Hunting
import Testing

/// Damages files at random: loading must end with a table or a typed error, never otherwise.
struct DamagedFilesTests {
  private static let json = """
    {"a":1,"b":"x\\u00e9\\n","c":{"k":[1,2.5,null,true]},"d":"2026-01-02T03:04:05Z"}
    {"category":"AdvancedHunting-T","properties":{"a":2,"b":"y"},"tenantId":"t"}
    {"records":[{"a":3},{"b":"z","c":[]}]}
    [{"a":4},{"a":5,"c":{}}]

    """
  private static let csv = """
    a,b,"c d",a
    1,"x ""quoted"" y",2026-01-02,6f9619ff-8b86-d011-b42d-00c04fc964ff
    -2.5,"two
    lines",01:02:03,
    true,"{""k"":1}",,"[1,2]"

    """

  /// Bytes that mean something to the readers.
  private static let marks = Array("{}[]\",:\\\n\r\t0eE.-+u ".utf8) + [0, 0xEF, 0xFF, 0xC3, 0x80]

  private func damage(_ text: String, _ chance: SeededRandomness) -> [UInt8] {
    var bytes = Array(text.utf8)
    func index(_ limit: Int) -> Int { Int(chance.nextUInt64() % UInt64(max(1, limit))) }
    for _ in 0...index(4) {
      let place = index(bytes.count)
      switch chance.nextUInt64() % 4 {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(Self.marks[index(Self.marks.count)], at: place)
      case 2: bytes[place] = Self.marks[index(Self.marks.count)]
      default: bytes.removeSubrange(place..<min(bytes.count, place + index(40)))
      }
      if bytes.isEmpty { return [UInt8(ascii: "{")] }
    }
    return bytes
  }

  @Test(arguments: [1, 2, 3, 4], [json, csv])
  func `random damage gives a table or an error`(seed: UInt64, text: String) {
    let chance = SeededRandomness(seed: seed)
    let path = text == Self.json ? "f.json" : "f.csv"
    for round in 0..<500 {
      let bytes = damage(text, chance)
      let longestRead = round % 3 == 0 ? 1 : 1 << 20
      do {
        let whole = try LoadedText.load(bytes: bytes, path: path, longestRead: longestRead)
        // What reads deliver must not change the answer.
        let again = try LoadedText.load(bytes: bytes, path: path, longestRead: 7)
        if LoadedText.rows(whole.table) != LoadedText.rows(again.table)
          || whole.report != again.report
        {
          Issue.record("seed \(seed) round \(round): short reads change the answer")
        }
      } catch is IngestionFailure {
        continue
      } catch {
        Issue.record("seed \(seed) round \(round): \(error)")
      }
    }
  }
}

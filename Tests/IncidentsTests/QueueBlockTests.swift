import GRDB
import OperationalStore
import Testing

@testable import Incidents

/// What lists read is what was kept of it.
struct QueueBlockTests {
  @Test("the parts of a block keep its cells", arguments: 1...20) func cells(_ seed: UInt64) throws
  {
    var random = SplitMix(state: seed)
    var block = QueueBlock()
    var wanted: [Int: QueueRow] = [:]
    for slot in 0..<QueueBlock.size where Bool.random(using: &random) {
      var row = QueueRow()
      for column in QueueColumn.allCases {
        let bits = Int64.random(in: 0...62, using: &random)
        row[column] = Int64.random(in: 0...1 << bits, using: &random)
      }
      row[.status] = Int64.random(in: 1...5, using: &random)
      block.set(slot, row)
      wanted[slot] = row
    }
    var kept = QueueBlock()
    for part in QueuePart.allCases {
      try block.encoded(part).withUnsafeBytes { try kept.read(part, $0, path: "x") }
    }
    var cells = [Int64](repeating: 0, count: QueueBlock.size)
    for column in QueueColumn.allCases {
      cells.withUnsafeMutableBufferPointer { kept.copy(column, into: $0) }
      for (slot, row) in wanted { #expect(cells[slot] == row[column], "\(column) of \(slot)") }
    }
    cells.withUnsafeMutableBufferPointer { kept.copy(.status, into: $0) }
    #expect(Set(cells.indices.filter { cells[$0] != 0 }) == Set(wanted.keys))
  }

  @Test("each column is in one part, and parts of blocks have places of their own") func parts() {
    let columns = QueuePart.allCases.flatMap(\.columns)
    #expect(columns.count == QueueColumn.allCases.count)
    #expect(Set(columns).count == columns.count)
    for column in columns { #expect(column.part.columns[column.index] == column) }
    let places = QueuePart.allCases.flatMap { part in (0...99).map(part.place) }
    #expect(Set(places).count == places.count)
  }

  @Test(
    "a block that lacks a part, or a piece of one, is told of as damage",
    arguments: [
      "DELETE FROM incident_block_parts WHERE place = \(QueuePart.names.place(of: 0))",
      "UPDATE incident_block_parts SET cells = x'00' WHERE place = \(QueuePart.names.place(of: 0))",
    ]
  ) func damage(_ statement: String) throws {
    let world = try AlertWorld()
    var work = RandomWork(world: world, seed: 3)
    for _ in 1...100 { try work.doSomething() }
    _ = try world.store.incidents(of: ["t"], order: IncidentOrder(.name, descending: false))
    try world.store.database.write { try $0.execute(sql: statement) }
    let failure = #expect(throws: StoreFailure.self) {
      try world.store.incidents(of: ["t"], order: IncidentOrder(.name, descending: false))
    }
    #expect(failure?.description.contains("queue") == true)
    // What needs no names is still read.
    _ = try world.store.incidents(of: ["t"], order: IncidentOrder(.created, descending: false))
  }

  @Test("numbers of any size are in sets and have places") func numbers() {
    let numbers: [Int64] = [5, 0, 64, 1 << 26, 1 << 40, (1 << 40) + 3, .max, 70]
    let set = NumberSet(numbers + [-4])
    let places = NumberPlaces(of: numbers + [-4])
    for number in numbers { #expect(set.contains(number)) }
    for (place, number) in (numbers + [-4]).enumerated() {
      #expect(places[number] == Int64(place) + 1)
    }
    for number: Int64 in [-1, 1, 63, 71, 1 << 27, (1 << 40) + 1, .max - 1, .min] {
      #expect(!set.contains(number))
      #expect(places[number] == 0)
    }
    #expect(!set.contains(-4))
    #expect(set.bits(0) == 1 << 5 | 1 && set.bits(1) == 1 << 6 | 1 && set.bits(2) == 0)
    #expect(set.bits(1 << 34) == 1 << 3 | 1 && set.bits(-1) == 0 && set.bits(.max) == 0)
    #expect(set.bits(.max >> 6) == 1 << 63)
  }
}

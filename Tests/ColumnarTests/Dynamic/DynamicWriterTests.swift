import Columnar
import Testing

@Suite struct DynamicWriterTests {
  @Test func scalarsReadBack() {
    let values: [Int64] = [0, 1, -1, 127, 128, -128, -129, 32_768, -40_000, 1 << 40, .max, .min]
    for value in values {
      #expect(written { $0.append(long: value) }.withView { $0.long } == value)
    }
    #expect(written { $0.append(real: -0.5) }.withView { $0.real } == -0.5)
    #expect(written { $0.append(bool: true) }.withView { $0.bool } == true)
    #expect(written { $0.append(bool: false) }.withView { $0.bool } == false)
    #expect(
      written { $0.append(datetime: DateTime(ticks: 42)) }.withView { $0.datetime?.ticks } == 42
    )
    #expect(
      written { $0.append(timespan: TimeSpan(ticks: -42)) }.withView { $0.timespan?.ticks } == -42
    )
    let guid = GUID(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
    #expect(written { $0.append(guid: guid) }.withView { $0.guid } == guid)
    #expect(
      written { $0.append(decimal: Decimal128(-77)) }.withView { $0.decimal } == Decimal128(-77)
    )
    #expect(
      written { $0.append(string: Array("é".utf8)) }.withView {
        Array($0.string ?? .init(start: nil, count: 0))
      } == [0xC3, 0xA9]
    )
    #expect(written { $0.appendNull() }.kind == .null)
  }

  @Test func kindsDoNotMix() {
    let value = written { $0.append(long: 1) }
    value.withView { view in
      #expect(view.real == nil && view.string == nil && view.bool == nil && view.guid == nil)
      #expect(view.element(at: 0) == nil && view.count == 0)
      #expect(withBytes("a") { view.member(named: $0) } == nil)
    }
  }

  @Test func elementsAreFoundByPosition() throws {
    let value = try #require(parsedJSON("[5,\"x\",null,[7]]"))
    value.withView { view in
      #expect(view.count == 4)
      #expect(view.element(at: 0)?.long == 5)
      #expect(view.element(at: -1)?.element(at: 0)?.long == 7)
      #expect(view.element(at: 2)?.isNull == true)
      #expect(view.element(at: 4) == nil && view.element(at: -5) == nil)
      #expect(view.element(at: .min) == nil && view.element(at: .max) == nil)
    }
  }

  @Test func arraysOfEqualSizesNeedNoTable() throws {
    let equal = try #require(parsedJSON("[1,2,3,4,5,6,7,8]"))
    let mixed = try #require(parsedJSON("[1,2,3,4,5,6,7,300]"))
    #expect(equal.bytes.count + 9 == mixed.bytes.count)
    #expect(equal.withView { $0.element(at: 7)?.long } == 8)
    #expect(mixed.withView { $0.element(at: 7)?.long } == 300)
  }

  @Test(arguments: [1, 15, 16, 17, 33, 200, 300, 70_000])
  func membersAreFoundByName(count: Int) {
    let value = written { writer in
      writer.beginBag()
      for index in 0..<count {
        writer.appendName(Array("name\(index)".utf8))
        writer.append(long: Int64(index))
      }
      writer.endBag()
    }
    value.withView { view in
      #expect(view.count == count)
      for index in [0, count / 2, count - 1] {
        #expect(view.member(named: DynamicName(Array("name\(index)".utf8)))?.long == Int64(index))
      }
      #expect(withBytes("name\(count)") { view.member(named: $0) } == nil)
      #expect(withBytes("") { view.member(named: $0) } == nil)
      #expect(view.members.map { $0.value.long } == (0..<count).map { Int64($0) })
    }
  }

  @Test(arguments: [3, 100, 1000])
  func theLastMemberOfANameCounts(count: Int) {
    let value = written { writer in
      writer.beginBag()
      for index in 0..<count {
        writer.appendName(Array("n\(index % 2)".utf8))
        writer.append(long: Int64(index))
      }
      writer.endBag()
    }
    let last = (count - 1) / 2 * 2
    let other = count / 2 * 2 - 1
    #expect(json(value) == "{\"n0\":\(last),\"n1\":\(other)}")
  }

  @Test func misuseFailsAndIsForgotten() {
    var writer = DynamicWriter()
    writer.append(long: 1)
    let mark = writer.mark
    writer.beginBag()
    writer.append(long: 2)
    let hasFailedInBag = writer.hasFailed
    #expect(hasFailedInBag)
    writer.rewind(to: mark)
    let (hasFailed, openCount) = (writer.hasFailed, writer.openCount)
    #expect(!hasFailed && openCount == 0)
    writer.endArray()
    let hasFailedAtEnd = writer.hasFailed
    #expect(hasFailedAtEnd)
    writer.rewind(to: mark)
    let value = writer.value()
    #expect(json(value) == "1")
  }

  @Test func rewindingInsideOfAContainerKeepsIt() {
    let value = written { writer in
      writer.beginArray()
      writer.append(long: 1)
      let wasRead = withBytes("[[[1,2,") { JSONParser.parse($0, into: &writer) }
      #expect(!wasRead)
      writer.append(long: 3)
      writer.endArray()
    }
    #expect(json(value) == "[1,3]")
  }

  @Test func nestingIsLimitedAlsoByCopying() {
    var value = written { $0.append(long: 1) }
    for _ in 0..<DynamicLimit.depth {
      let inner = value
      value = written { writer in
        writer.beginArray()
        writer.append(inner)
        writer.endArray()
      }
    }
    #expect(value.withView { $0.depth } == DynamicLimit.depth)
    var writer = DynamicWriter()
    writer.beginArray()
    writer.append(value)
    let hasFailed = writer.hasFailed
    #expect(hasFailed)
  }
}

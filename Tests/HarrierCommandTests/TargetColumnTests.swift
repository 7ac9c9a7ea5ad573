import Columnar
import Response
import Testing

@testable import HarrierCommand

/// Which columns of a result have the targets of actions.
struct TargetColumnTests {
  @Test(
    "columns that are missing are named",
    arguments: [
      (ActionKind.isolateDevice, ["DeviceName"], "isolateDevice needs the columns DeviceId"),
      (
        .stopAndQuarantineFile, ["SHA1"],
        "stopAndQuarantineFile needs the columns DeviceId with SHA1 or InitiatingProcessSHA1, or "
          + "DeviceId with SHA256 or InitiatingProcessSHA256"
      ),
      (
        .softDelete, ["NetworkMessageId"],
        "softDelete needs the columns NetworkMessageId with RecipientEmailAddress"
      ),
    ]
  )
  func missing(_ kind: ActionKind, _ names: [String], _ text: String) {
    #expect(TargetColumns(kind).refusal(names)?.description == text)
  }

  @Test("enough columns are enough") func present() {
    #expect(TargetColumns(.isolateDevice).refusal(["A", "DeviceId"]) == nil)
    #expect(
      TargetColumns(.stopAndQuarantineFile).refusal(["InitiatingProcessSHA256", "DeviceId"]) == nil
    )
    #expect(TargetColumns(.disableUser).refusal(["RequestAccountSid"]) == nil)
  }

  @Test("of the columns of an identifier the first with a value counts") func values() throws {
    let names = ["InitiatingProcessSHA1", "SHA1", "DeviceId", "Other"]
    let reader = TargetColumns(.stopAndQuarantineFile).reader(names)
    func target(_ cells: String...) throws -> String {
      let known = reader(cells.map { .string(ByteString($0)) })
      return try ActionTarget(.stopAndQuarantineFile, known).description
    }
    #expect(try target("a", "b", "d", "x") == "deviceId=d sha1=b")
    #expect(try target("a", "", "d", "x") == "deviceId=d sha1=a")
    #expect(throws: ResponseFailure.self) { try target("a", "b", "", "x") }
    #expect(reader([.long(1), .null(.dynamic), .string("d"), .long(2)]).map(\.0) == ["deviceId"])
  }

  @Test("the sender's copy needs rows of mail events with their direction and sender")
  func sendersCopy() throws {
    #expect(throws: ResponseFailure.self) {
      try SendersCopyColumns.require(tables: ["EmailUrlInfo", "DeviceInfo"])
    }
    try SendersCopyColumns.require(tables: ["EmailPostDeliveryEvents", "EmailUrlInfo"])
    for names in [["EmailDirection"], ["SenderFromAddress", "NetworkMessageId"]] {
      #expect(throws: ResponseFailure.self) { try SendersCopyColumns(names) }
    }
    let columns = try SendersCopyColumns(["SenderFromAddress", "EmailDirection"])
    let known = [("networkMessageId", "m1"), ("recipientEmailAddress", "a@b.c")]
    let target = try ActionTarget(.softDelete, known)
    let copy = try columns.copy([.string("x@b.c"), .string("Outbound")], of: target)
    #expect(copy.sender == "x@b.c" && copy.direction == "Outbound")
    let failure = #expect(throws: ResponseFailure.self) {
      try columns.copy([.string("x@b.c"), .string("Inbound")], of: target)
    }
    #expect(failure?.description.contains("networkMessageId=m1") == true)
  }
}

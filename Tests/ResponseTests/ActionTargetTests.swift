import Response
import Testing

struct ActionTargetTests {
  @Test("a target has the first whole set of identifiers of its action, in order")
  func identifiers() throws {
    let known = [
      ("recipientEmailAddress", "amy@contoso.com"), ("sha256", "ab"), ("networkMessageId", "m1"),
      ("deviceId", "d1"),
    ]
    #expect(
      try ActionTarget(.softDelete, known).description
        == "networkMessageId=m1 recipientEmailAddress=amy@contoso.com"
    )
    #expect(
      try ActionTarget(.stopAndQuarantineFile, known).description == "deviceId=d1 sha256=ab"
    )
  }

  @Test("with a user an app's consent is that of the user, else all") func apps() throws {
    let known = [("appId", "a1"), ("accountUpn", "amy@contoso.com")]
    #expect(
      try ActionTarget(.revokeAppConsent, known).description
        == "accountUpn=amy@contoso.com appId=a1"
    )
    #expect(try ActionTarget(.revokeAppConsent, [known[0]]).description == "appId=a1")
  }

  @Test("what is missing is named") func missing() {
    #expect {
      try ActionTarget(.disableUser, [("accountSid", ""), ("deviceId", "d1")])
    } throws: { error in
      "\(error)" == "disableUser needs accountSid, or accountObjectId, or accountUpn"
    }
  }

  @Test("isolation is full or selective, and of devices; other names are a connector's matter")
  func parameters() {
    #expect(ActionKind.isolateDevice.refusal(ofParameter: "isolationType", "selective") == nil)
    #expect(ActionKind.isolateDevice.refusal(ofParameter: "ticket", "7") == nil)
    #expect(
      ActionKind.isolateDevice.refusal(ofParameter: "isolationType", "bogus")
        == "isolationType is full or selective, not 'bogus'"
    )
    #expect(ActionKind.isolateDevice.refusal(ofParameter: "isolationtype", "full") != nil)
    #expect(ActionKind.disableUser.refusal(ofParameter: "isolationType", "full") != nil)
  }
}

import Columnar
import Testing

@Suite struct GUIDTests {
  @Test(arguments: [
    "9F3C1A52-0B7E-4D11-A2C3-5E6F70819A2B", "9f3c1a520b7e4d11a2c35e6f70819a2b",
    "{9f3c1a52-0b7e-4d11-a2c3-5e6f70819a2b}", "(9f3c1a52-0b7e-4d11-a2c3-5e6f70819a2b)",
    "9f3c1a520b7e-4d11-a2c3-5e6f70819a2b", " 9f3c1a52-0b7e-4d11-a2c3-5e6f70819a2b ",
  ])
  func writtenFormsAreRead(form: String) throws {
    let value = try #require(withBytes(form) { GUID(parsing: $0) })
    #expect(printed { $0.append(guid: value) } == "9f3c1a52-0b7e-4d11-a2c3-5e6f70819a2b")
  }

  @Test(arguments: [
    "", "9f3c1a52", "9f3c1a520b7e4d11a2c35e6f70819a2", "9f3c1a520b7e4d11a2c35e6f70819a2b0",
    "9f3c1a520b7e4d11a2c35e6f70819a2g", "{9f3c1a52-0b7e-4d11-a2c3-5e6f70819a2b)",
    "{9f3c1a52-0b7e-4d11-a2c3-5e6f70819a2b", "9f3c1a52--0b7e-4d11-a2c3-5e6f70819a2b",
    "-9f3c1a520b7e4d11a2c35e6f70819a2b", "9f3c1a520b7e4d11a2c35e6f70819a2b-",
  ])
  func otherTextsAreRefused(form: String) {
    #expect(withBytes(form) { GUID(parsing: $0) } == nil)
  }

  @Test func orderIsThatOfTheText() throws {
    #expect(GUID(high: 1, low: .max) < GUID(high: 2, low: 0))
    #expect(GUID(high: 1, low: 1) < GUID(high: 1, low: 2))
  }
}

import Columnar
import KQLFunctions
import Testing

@Suite struct EncodingFunctionTests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"),
    ("Kusto", "S3VzdG8="),
  ])
  func base64(plain: String, encoded: String) throws {
    let (text, code) = (Scalar(stringLiteral: plain), Scalar(stringLiteral: encoded))
    #expect(try FunctionRunner("base64_encode_tostring")(text) == code)
    #expect(try FunctionRunner("base64_decode_tostring")(code) == text)
  }

  @Test func brokenBase64() throws {
    let decode = try FunctionRunner("base64_decode_tostring")
    for text in ["Zg", "Zg=", "Z", "Zg==Zg==", "Z!==", "gICA"] {
      #expect(try decode(Scalar(stringLiteral: text)) == "", "\(text)")
    }
    #expect(try FunctionRunner("base64_decode_toarray")("?") == .null(.dynamic))
    let guid = GUID(high: 0x10e9_9626_bc2b_4c75, low: 0xbb3e_fe60_6de2_5700)
    let code: Scalar = "JpbpECu8dUy7Pv5gbeJXAA=="
    #expect(try FunctionRunner("base64_decode_toguid")(code) == .guid(guid))
    #expect(try FunctionRunner("base64_encode_fromguid")(.guid(guid)) == code)
    #expect(try FunctionRunner("base64_decode_toguid")("abcd1231") == .null(.guid))
  }

  @Test func percentEncoding() throws {
    let url: Scalar = "https://www.bing.com/hello world"
    #expect(
      try FunctionRunner("url_encode")(url) == "https%3a%2f%2fwww.bing.com%2fhello+world"
    )
    #expect(
      try FunctionRunner("url_encode_component")(url)
        == "https%3a%2f%2fwww.bing.com%2fhello%20world"
    )
    let decode = try FunctionRunner("url_decode")
    #expect(try decode("a%20b%2Fc+d%zz%4") == "a b/c d%zz%4")
    #expect(try decode("%c3%a9") == "é")
  }

  @Test(arguments: [
    ("académie-française", "acadmie-franaise-npb1a"), ("艺术", "cqv902d"), ("", ""), ("abc", "abc-"),
  ])
  func punycode(plain: String, encoded: String) throws {
    let (text, code) = (Scalar(stringLiteral: plain), Scalar(stringLiteral: encoded))
    #expect(try FunctionRunner("punycode_from_string")(text) == code)
    #expect(try FunctionRunner("punycode_to_string")(code) == text)
  }

  @Test func punycodeDomains() throws {
    let toString = try FunctionRunner("punycode_domain_to_string")
    #expect(
      try toString("Lê Lợi。Thuận Thiên。com") == "xn--L Li-gpa4517b.xn--Thun Thin-s4a7194f.com"
    )
    let fromString = try FunctionRunner("punycode_domain_from_string")
    #expect(
      try fromString("xn--Ry-lja8c.xn--Jng-uta63a.xn--Bng-9ka.com") == "Rúyì.Jīngū.Bàng.com"
    )
    #expect(try fromString("xn--999999999999.com") == "xn--999999999999.com")
  }

  @Test func digests() throws {
    let long = Scalar(stringLiteral: String(repeating: "abcdefgh", count: 20))
    #expect(try FunctionRunner("hash_md5")("World") == "f5a7924e621e84c9280a9a27e1bcb7f6")
    #expect(
      try FunctionRunner("hash_sha1")("World") == "70c07ec18ef89c5309bbb0937f3a6342411e1fdd"
    )
    #expect(
      try FunctionRunner("hash_sha256")("World")
        == "78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524"
    )
    #expect(try FunctionRunner("hash_md5")(long) == "742c55d8197f96aeacfe8fc2883b0357")
    #expect(try FunctionRunner("hash_sha1")(long) == "11460d482e675c34d077417dbdaf3ae8cd41f710")
    #expect(
      try FunctionRunner("hash_sha256")(long)
        == "e86fdd59642912b4c8eb454c6235aedd875e8877b93bda203afed522596cc459"
    )
    #expect(try FunctionRunner("hash_sha256")("") == "")
  }

  @Test func hashes() throws {
    let hash = try FunctionRunner("hash")
    #expect(try hash("Hello") == 753_694_413_698_530_628)
    #expect(try hash("World", 100) == 51)
    #expect(try hash("World", 0) == .null(.long))
  }
}

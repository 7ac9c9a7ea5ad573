import Columnar

// Digests of the text form of a value, in lower-case hexadecimal digits. That of the empty text
// is the empty text, as the service answers.

extension ScalarFunction {
  static let digestFamily: [ScalarFunction] = [hashMD5, hashSHA1, hashSHA256]

  static let hashMD5 = ScalarFunction(
    "hash_md5",
    "source:NotDynamic",
    "Returns the MD5 digest of a value.",
    examples: [
      Example("print hash_md5(\"World\")", "f5a7924e621e84c9280a9a27e1bcb7f6"),
      Example("print hash_md5(\"\")", ""),
    ],
    kernels: digestKernels(MD5.digest)
  )

  static let hashSHA1 = ScalarFunction(
    "hash_sha1",
    "source:NotDynamic",
    "Returns the SHA-1 digest of a value.",
    examples: [
      Example("print hash_sha1(\"World\")", "70c07ec18ef89c5309bbb0937f3a6342411e1fdd"),
      Example("print hash_sha1(\"\")", ""),
    ],
    kernels: digestKernels(SHA1.digest)
  )

  static let hashSHA256 = ScalarFunction(
    "hash_sha256",
    "source:NotDynamic",
    "Returns the SHA-256 digest of a value.",
    examples: [
      Example(
        "print hash_sha256(\"World\")",
        "78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524"
      ),
      Example("print hash_sha256(\"\")", ""),
    ],
    kernels: digestKernels(SHA256.digest)
  )
}

private func digestKernels(
  _ digest: @escaping @Sendable (TextView) -> [UInt8]
) -> [ScalarKernel] {
  [
    .text { (text: TextView, out: TextBuilder) in
      guard text.count > 0 else { return }
      for byte in digest(text) {
        out.write(byte: hexadecimalDigits[Int(byte &>> 4)])
        out.write(byte: hexadecimalDigits[Int(byte & 15)])
      }
    }
  ].withAnyScalar
}

import Columnar
import Crypto

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
    kernels: digestKernels(Insecure.MD5.self)
  )

  static let hashSHA1 = ScalarFunction(
    "hash_sha1",
    "source:NotDynamic",
    "Returns the SHA-1 digest of a value.",
    examples: [
      Example("print hash_sha1(\"World\")", "70c07ec18ef89c5309bbb0937f3a6342411e1fdd"),
      Example("print hash_sha1(\"\")", ""),
    ],
    kernels: digestKernels(Insecure.SHA1.self)
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
    kernels: digestKernels(SHA256.self)
  )
}

/// Makes kernels that read each text where it lies and write the digits of its digest.
private func digestKernels<Hash: HashFunction>(_: Hash.Type) -> [ScalarKernel] {
  [
    .text { (text: TextView, out: TextBuilder) in
      guard text.count > 0 else { return }
      var hash = Hash()
      hash.update(bufferPointer: UnsafeRawBufferPointer(text.buffer))
      let digest = hash.finalize()
      out.write(atMost: Hash.Digest.byteCount &* 2) { digits in
        var written = 0
        for byte in digest {
          digits[written] = hexadecimalDigits[Int(byte &>> 4)]
          digits[written &+ 1] = hexadecimalDigits[Int(byte & 15)]
          written &+= 2
        }
        return written
      }
    }
  ].withAnyScalar
}

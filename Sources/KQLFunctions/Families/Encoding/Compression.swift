import CZlib
import Columnar

extension ScalarFunction {
  static let compressionFamily: [ScalarFunction] = [gzipCompress, zlibCompress]

  static let gzipCompress = ScalarFunction(
    "gzip_compress_to_base64_string",
    "string",
    "Compresses a text by gzip and encodes the bytes as base64.",
    examples: [
      Example(
        "print gzip_compress_to_base64_string(\"harrier\")",
        "H4sIAAAAAAAA/wEHAPj/aGFycmllcualPkUHAAAA"
      ),
      Example(
        "print s = strrep(\"powershell \", 100) | project "
          + "gzip_decompress_from_base64_string(gzip_compress_to_base64_string(s)) == s",
        "true"
      ),
    ],
    kernels: [.deflating(.gzip)]
  )

  static let zlibCompress = ScalarFunction(
    "zlib_compress_to_base64_string",
    "string",
    "Compresses a text by zlib and encodes the bytes as base64.",
    examples: [
      Example(
        "print zlib_compress_to_base64_string(\"harrier\")",
        "eJwBBwD4/2hhcnJpZXILngLu"
      ),
      Example(
        "print s = strrep(\"powershell \", 100) | project "
          + "zlib_decompress_from_base64_string(zlib_compress_to_base64_string(s)) == s",
        "true"
      ),
    ],
    kernels: [.deflating(.zlib)]
  )
}

extension ScalarKernel {
  fileprivate static func deflating(_ wrapper: DeflateWrapper) -> ScalarKernel {
    ScalarKernel([.type(.string)], result: .string) { call in
      let deflater = call.site.prepare(Deflater.self) { Deflater() }
      return try liftText(call) { builder in
        let texts = TextReader(call.arguments[0])
        return { row in
          guard let packed = deflater.pack(texts[row], wrapper) else {
            throw QueryFailure(
              .memory,
              "there is no memory to compress a value",
              range: call.site.range
            )
          }
          packed.withUnsafeBufferPointer { builder.write(Base64.encode($0)) }
        }
      }
    }
  }
}
